"""A long text as custom properties of a document, each of which takes a part of it."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST = 255  # characters of a text that Excel takes and shows


def pieces(prefix: str, text: str) -> dict[str, str]:
    """A text of ASCII as properties whose names begin so; an empty one as none.

    Programs read `_x0041_` as a character of its number, so none is left: the text is JSON.
    """
    safe = text.replace("_x", "_\\u0078")
    parts = [safe[at : at + LONGEST] for at in range(0, len(safe), LONGEST)]
    return {f"{prefix}{number:03}": part for number, part in enumerate(parts, 1)}


def text_of(properties: Mapping[str, str], prefix: str) -> str:
    """The text that was kept under names that begin so, whatever their capitals; empty without."""
    found = sorted(
        (name.casefold(), text) for name, text in properties.items() if name.casefold().startswith(prefix)
    )
    return "".join(text for _, text in found)
