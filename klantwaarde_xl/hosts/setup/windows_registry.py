"""The registry of a real Windows."""

from __future__ import annotations

import sys

assert sys.platform == "win32"  # and a type checker on another system reads no further

import winreg  # noqa: E402

from klantwaarde_xl.hosts.setup.registry import Root, Value  # noqa: E402

_ROOTS = {Root.USER: winreg.HKEY_CURRENT_USER, Root.COMPUTER: winreg.HKEY_LOCAL_MACHINE}
# Excel's and a policy's settings are where a 64-bit program looks, whichever Python asks
_READ = winreg.KEY_READ | winreg.KEY_WOW64_64KEY


class WindowsRegistry:
    """The registry that Windows keeps."""

    def values(self, root: Root, key: str) -> dict[str, Value]:
        """The values of a key by name; none when there is no such key, or it may not be read."""
        found = {}
        try:
            with winreg.OpenKey(_ROOTS[root], key, 0, _READ) as opened:
                for place in range(winreg.QueryInfoKey(opened)[1]):
                    name, data, kind = winreg.EnumValue(opened, place)
                    found[name] = Value(data, kind)
        except OSError:
            return found
        return found

    def keys(self, root: Root, key: str) -> list[str]:
        """The names of the keys in a key."""
        try:
            with winreg.OpenKey(_ROOTS[root], key, 0, _READ) as opened:
                count = winreg.QueryInfoKey(opened)[0]
                return [winreg.EnumKey(opened, place) for place in range(count)]
        except OSError:
            return []

    def put(self, key: str, name: str, value: Value) -> None:
        """Write a value, and the keys on the way to it."""
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, value.kind, value.data)

    def remove(self, key: str, name: str) -> None:
        """Remove a value that is there."""
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
            winreg.DeleteValue(opened, name)

    def remove_key(self, key: str) -> None:
        """Remove a key that holds nothing."""
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
