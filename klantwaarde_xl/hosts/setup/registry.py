"""Windows' registry behind a small protocol, so that what is written can be tested without Windows."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

TEXT = 1  # winreg.REG_SZ: the only kind that is ever written anew


class Root(Enum):
    """Whose settings: the user's, or the computer's."""

    USER = "HKEY_CURRENT_USER"
    COMPUTER = "HKEY_LOCAL_MACHINE"


@dataclass(frozen=True)
class Value:
    """What a name holds: text, a number or bytes, and Windows' number for its kind."""

    data: str | int | bytes | None
    kind: int = TEXT


class Registry(Protocol):
    r"""Settings by key (`Software\Microsoft\…`) and name; '' is a key's own value.

    What is written or removed is always the user's: there is no way to say otherwise.
    """

    def values(self, root: Root, key: str) -> dict[str, Value]:
        """The values of a key by name; none when there is no such key."""
        ...

    def keys(self, root: Root, key: str) -> list[str]:
        """The names of the keys in a key."""
        ...

    def put(self, key: str, name: str, value: Value) -> None:
        """Write a value, and the keys on the way to it."""
        ...

    def remove(self, key: str, name: str) -> None:
        """Remove a value that is there."""
        ...

    def remove_key(self, key: str) -> None:
        """Remove a key that holds nothing."""
        ...


def value_of(registry: Registry, root: Root, key: str, name: str) -> Value | None:
    """One value, under its name in capitals or not; None when it is not there."""
    found = registry.values(root, key)
    return next((value for one, value in found.items() if one.casefold() == name.casefold()), None)


def text_of(registry: Registry, root: Root, key: str, name: str) -> str:
    """One value as text; empty when it is not there or no text."""
    value = value_of(registry, root, key, name)
    return value.data if value is not None and isinstance(value.data, str) else ""


def prune(registry: Registry, key: str, *, keep: str) -> None:
    """Remove a key and those around it while they hold nothing, up to the one to keep."""
    while key.casefold() != keep.casefold() and key:
        if registry.values(Root.USER, key) or registry.keys(Root.USER, key):
            return
        with contextlib.suppress(FileNotFoundError):
            registry.remove_key(key)
        key = key.rpartition("\\")[0]


def system_registry() -> Registry | None:
    """The registry of this computer; None where there is none."""
    if sys.platform == "win32":
        from klantwaarde_xl.hosts.setup.windows_registry import WindowsRegistry

        return WindowsRegistry()
    return None
