"""Deflate and its checksum: by isal, several times as fast, or by Python's own zlib where there is no isal.

The two read each other's; isal packs quickly only, so what may take its time is packed by zlib everywhere.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

_SMALL = 6  # zlib's level
_BARE = -15  # without header and checksum of its own, as in a zip


def _fastest() -> tuple[Any, int]:
    """What packs soonest, with its level for that."""
    try:
        from isal import isal_zlib
    except ImportError:  # Windows on ARM has none
        return zlib, 4
    return isal_zlib, 2


_fast, _quick = _fastest()
error: type[Exception] = _fast.error
crc32: Callable[..., int] = _fast.crc32


def packer(*, quick: bool) -> Any:
    """Return what packs pieces by `compress` and `flush`; quick: sooner ready, and a sixth larger."""
    if quick:
        return _fast.compressobj(_quick, zlib.DEFLATED, _BARE)
    return zlib.compressobj(_SMALL, zlib.DEFLATED, _BARE)


def unpacker() -> Any:
    """Return what unpacks pieces by `decompress`, which raises `error`."""
    return _fast.decompressobj(_BARE)
