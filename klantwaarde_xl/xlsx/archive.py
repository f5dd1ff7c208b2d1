"""The zip file around a workbook, kept at the level of its bytes.

Whatever is not replaced keeps its compressed bytes, its place and its metadata; a replaced part
is compressed while it is produced, so that a large sheet never lies in memory as text.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.xlsx.scan import WellFormed

_LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE 4.3.7
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")  # APPNOTE 4.3.12
_END = struct.Struct("<4s4H2LH")  # APPNOTE 4.3.16
_ZIP64 = 0x0001
_HAS_DESCRIPTOR = 0x08
_DEFLATE = 6  # level: 1 halves the time and makes the file a third larger


class Entry(NamedTuple):
    """One member: its metadata, and its bytes from the local header up to the next member."""

    info: zipfile.ZipInfo
    region: bytes


class Archive:
    """The members of a zip file, in their order; editing makes a new one possible at any time."""

    def __init__(self, entries: dict[str, Entry], comment: bytes = b"") -> None:
        self._entries = entries
        self._comment = comment
        self._by_lower = {name.lower(): name for name in entries}

    @classmethod
    def read_from(cls, data: bytes) -> Archive:
        """Cut a zip file at its members; the guard has checked that they do not overlap."""
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            infos = source.infolist()
            end = source.start_dir
            comment = source.comment
        starts = sorted(info.header_offset for info in infos)
        following = dict(zip(starts, [*starts[1:], end], strict=True))
        entries = {
            info.filename: Entry(info, data[info.header_offset : following[info.header_offset]])
            for info in infos
        }
        return cls(entries, comment)

    def copy(self) -> Archive:
        """Return an archive that can be edited while this one stays as it is."""
        return Archive(dict(self._entries), self._comment)

    def names(self) -> list[str]:
        """Return the names of all parts, in the order of the file."""
        return list(self._entries)

    def resolve(self, name: str) -> str | None:
        """Return a part's name as stored; part names ignore capitals. None if it is not there."""
        return name if name in self._entries else self._by_lower.get(name.lower())

    def entry(self, name: str) -> Entry:
        """Return one member as stored."""
        return self._entries[name]

    def read(self, name: str) -> bytes:
        """Return the contents of a part.

        Raises WorkbookUnsafe when the part is damaged or larger than it says.
        """
        info, region = self._entries[name]
        packed = _payload(info, region)
        if info.compress_type == zipfile.ZIP_STORED:
            data = packed
        else:
            try:
                data = zlib.decompressobj(-15).decompress(packed, info.file_size + 1)
            except zlib.error as error:
                raise _damaged(name) from error
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise _damaged(name)
        return data

    def replace(self, name: str, chunks: Iterable[bytes]) -> None:
        """Replace an XML part by new contents, checked for well-formedness on the way.

        Raises WorkbookUnsafe when they are no XML: then the part stays as it was.
        """
        self._entries[name] = _packed(self._entries[name].info, chunks)

    def drop(self, name: str) -> None:
        """Leave a part out."""
        del self._entries[name]
        self._by_lower.pop(name.lower(), None)

    def write_to(self, target: BinaryIO) -> None:
        """Write the zip file."""
        for chunk in self._chunks():
            target.write(chunk)

    def to_bytes(self) -> bytes:
        """Return the zip file."""
        return b"".join(self._chunks())

    def _chunks(self) -> Iterator[bytes]:
        directory: list[bytes] = []
        offset = 0
        for info, region in self._entries.values():
            directory.append(_central(info, offset))
            offset += len(region)
            yield region
        listing = b"".join(directory)
        if offset + len(listing) > 0xFFFFFFFF:
            raise WorkbookUnsafe(
                "Het werkboek wordt groter dan 4 GB.",
                remedy="Schrijf de gegevens naar Parquet, of vat ze eerst samen.",
            )
        yield listing
        count = len(directory)
        yield _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, len(self._comment))
        yield self._comment


def _damaged(name: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        "Het bestand is beschadigd: een onderdeel kan niet worden gelezen.",
        where=name,
        remedy="Open het bestand in Excel, laat het herstellen en sla het opnieuw op.",
    )


def _payload(info: zipfile.ZipInfo, region: bytes) -> bytes:
    header = _LOCAL.unpack_from(region)
    start = _LOCAL.size + header[9] + header[10]
    return region[start : start + info.compress_size]


def _encoded_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")


def _times(info: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    kept = b""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind != _ZIP64:
            kept += extra[: 4 + size]
        extra = extra[4 + size :]
    return kept + extra


def _packed(old: zipfile.ZipInfo, chunks: Iterable[bytes]) -> Entry:
    """Compress new contents under the old name and metadata."""
    deflate = zlib.compressobj(_DEFLATE, zlib.DEFLATED, -15)
    check = WellFormed(old.filename)
    pieces: list[bytes] = []
    crc = size = 0
    for chunk in chunks:
        check.feed(chunk)
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        pieces.append(deflate.compress(chunk))
    check.close()
    pieces.append(deflate.flush())
    packed = b"".join(pieces)
    info = zipfile.ZipInfo(old.orig_filename, old.date_time)
    info.flag_bits = old.flag_bits & 0x800
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_version, info.create_system = old.create_version, old.create_system
    info.extract_version = max(20, min(old.extract_version, 45))
    info.internal_attr, info.external_attr = old.internal_attr, old.external_attr
    info.comment = old.comment
    info.CRC, info.file_size, info.compress_size = crc, size, len(packed)
    name = _encoded_name(info)
    time, date = _times(info)
    header = _LOCAL.pack(
        b"PK\3\4", info.extract_version, info.flag_bits, info.compress_type, time, date,
        crc, len(packed), size, len(name), 0,
    )  # fmt: skip
    return Entry(info, header + name + packed)


def _central(info: zipfile.ZipInfo, offset: int) -> bytes:
    name = _encoded_name(info)
    extra = _without_zip64(info.extra)
    time, date = _times(info)
    return (
        _CENTRAL.pack(
            b"PK\1\2", info.create_version, info.create_system, info.extract_version, info.reserved,
            info.flag_bits, info.compress_type, time, date, info.CRC, info.compress_size,
            info.file_size, len(name), len(extra), len(info.comment), 0, info.internal_attr,
            info.external_attr, offset,
        )
        + name + extra + info.comment
    )  # fmt: skip
