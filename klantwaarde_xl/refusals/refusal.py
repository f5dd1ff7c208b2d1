"""What a sentence is with which a kernel refuses, or says why a model has no fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from klantwaarde_xl.errors import KlantwaardeError


@dataclass(frozen=True)
class Refusal:
    """An error with its words: what is wrong, and what helps; {fields} are filled in, lists with commas."""

    error: type[KlantwaardeError]
    what: str
    remedy: str = ""

    def __call__(self, **fields: object) -> KlantwaardeError:
        """Return the error to raise; fields: exactly those of the sentence."""
        told = _told(fields)
        return self.error(self.what.format(**told), remedy=self.remedy.format(**told))


class Because(NamedTuple):
    """A reason with what its fields are."""

    reason: Reason
    fields: Mapping[str, object]

    @property
    def text(self) -> str:
        """What is wrong and what helps, one behind the other."""
        return f"{self.reason.what} {self.reason.remedy}".format(**_told(self.fields))


@dataclass(frozen=True)
class Reason:
    """Why nothing can be estimated, and what helps; {fields} are filled in when it is shown."""

    what: str
    remedy: str

    def __call__(self, **fields: object) -> Because:
        """Return the reason to keep; fields: exactly those of the sentence."""
        return Because(self, fields)


def _told(fields: Mapping[str, object]) -> dict[str, object]:
    return {
        name: ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        for name, value in fields.items()
    }


def listed(names: Sequence[str]) -> str:
    """Return names as they stand in a sentence: a, b en c."""
    return " en ".join(filter(None, (", ".join(names[:-1]), names[-1])))
