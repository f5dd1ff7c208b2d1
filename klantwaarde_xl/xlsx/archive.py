"""The zip file around a workbook, kept at the level of its bytes.

Whatever is not replaced keeps its compressed bytes, its place and its metadata. A replaced part is
compressed when the file is written, for it may be replaced again before that; a large one is compressed
while it is produced, so that it never lies in memory as text.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import struct
import weakref
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.xlsx import deflate
from klantwaarde_xl.xlsx.scan import WellFormed, check_letters

_LOCAL = struct.Struct("<4s5H3L2H")  # APPNOTE 4.3.7
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")  # APPNOTE 4.3.12
_END = struct.Struct("<4s4H2LH")  # APPNOTE 4.3.16
_ZIP64 = 0x0001
_MARK = b"\xef\xbb\xbf"  # with which a part in UTF-8 may begin
_AS_THEY_PLEASE = ".vml"  # what programs write in any alphabet
_REMEMBERED = 64 << 20  # bytes of inflated parts that are kept; a larger part is not kept at all
_PACKED = 1 << 18  # bytes that are unpacked at once
_LARGEST_COPY = 16 << 20  # a larger part that is written goes through without lying in memory
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the oldest that a zip can hold; the same workbook is the same file

T = TypeVar("T")
Member: TypeAlias = "Entry | _Waiting"


class Target(Protocol):
    """What bytes can be written into."""

    def write(self, data: bytes, /) -> int:
        """Write a piece."""


class Whole(bytes):
    """Whole elements of our own making, which need no look to see that they are well-formed."""


class Entry(NamedTuple):
    """One member: its metadata, and its bytes from the local header up to the next member."""

    info: zipfile.ZipInfo
    region: bytes


class _Waiting:
    """A member with new contents that are not compressed yet."""

    def __init__(self, old: zipfile.ZipInfo, data: bytes, quick: bool) -> None:
        self.info = zipfile.ZipInfo(old.orig_filename, old.date_time)
        self.info.file_size = len(data)
        self._old, self._data, self._quick = old, data, quick
        self._packed: Entry | None = None

    @property
    def contents(self) -> bytes | None:
        """The contents, as long as they are not compressed."""
        return None if self._packed else self._data

    def packed(self) -> Entry:
        """The member as it is stored."""
        if self._packed is None:
            self._packed = _packed(self._old, (self._data,), quick=self._quick)
            self._data = b""
        return self._packed


class _Part:
    """What is remembered of a member: its contents, and what was made of them."""

    def __init__(self, entry: Member, data: bytes) -> None:
        self.entry, self.data = entry, data
        self.made: dict[Callable[..., Any], Any] = {}


class _Memory:
    """The contents of members that were read or written, the least recently used forgotten first.

    A member never changes (an edit puts another in its place), so copies of an archive share this.
    """

    def __init__(self) -> None:
        self._parts: OrderedDict[int, _Part] = OrderedDict()
        self._size = 0
        self._in_use: list[tuple[Member, Callable[..., Any], weakref.ref[Any]]] = []

    def get(self, entry: Member) -> _Part | None:
        """Return what is remembered of a member."""
        part = self._parts.get(id(entry))
        if part is not None:
            self._parts.move_to_end(id(entry))
        return part

    def put(self, entry: Member, data: bytes) -> _Part:
        """Remember a member's contents, unless they are too large."""
        part = _Part(entry, data)  # holds the entry, so that its id stays its own
        if len(data) <= _REMEMBERED:
            self._parts[id(entry)] = part
            self._size += len(data)
            while self._size > _REMEMBERED:
                _, oldest = self._parts.popitem(last=False)
                self._size -= len(oldest.data)
        return part

    def in_use(self, entry: Member, make: Callable[..., Any]) -> Any:
        """Return what was made of a part too large to remember, as long as somebody has it; else None."""
        return next((made() for one, use, made in self._in_use if one is entry and use is make), None)

    def lend(self, entry: Member, make: Callable[..., Any], made: object) -> None:
        """Know what was made of a part too large to remember, if that can be known without keeping it."""
        self._in_use = [one for one in self._in_use if one[2]() is not None]
        with contextlib.suppress(TypeError):
            self._in_use.append((entry, make, weakref.ref(made)))


class Archive:
    """The members of a zip file, in their order; editing makes a new one possible at any time."""

    def __init__(
        self, entries: Mapping[str, Member], comment: bytes = b"", memory: _Memory | None = None
    ) -> None:
        self._entries = dict(entries)
        self._comment = comment
        self._memory = memory or _Memory()
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
        return Archive(self._entries, self._comment, self._memory)

    def names(self) -> list[str]:
        """Return the names of all parts, in the order of the file."""
        return list(self._entries)

    @property
    def size(self) -> int:
        """How many bytes all parts have together, unpacked."""
        return sum(entry.info.file_size for entry in self._entries.values())

    def resolve(self, name: str) -> str | None:
        """Return a part's name as stored; part names ignore capitals. None if it is not there."""
        return name if name in self._entries else self._by_lower.get(name.lower())

    def entry(self, name: str) -> Member:
        """Return one member, which is another object once it was replaced; raises as `read` without it."""
        if name not in self._entries:
            raise _damaged(name)
        return self._entries[name]

    def read(self, name: str) -> bytes:
        """Return the contents of a part.

        Raises WorkbookUnsafe when the part is damaged, larger than it says, not there, or XML with bytes that
        are no letters.
        """
        return self._part(name).data

    def once(self, name: str, make: Callable[[bytes, str], T]) -> T:
        """Return what `make` makes of a part's contents and name; made once while the part stays.

        What it makes is shared, so nobody changes it.
        """
        lent: T | None = self._memory.in_use(self.entry(name), make)
        if lent is not None:
            return lent
        part = self._part(name)
        if make not in part.made:
            part.made[make] = make(part.data, name)
            if len(part.data) > _REMEMBERED:
                self._memory.lend(part.entry, make, part.made[make])
        found: T = part.made[make]
        return found

    def _part(self, name: str) -> _Part:
        entry = self.entry(name)
        part = self._memory.get(entry)
        if part is None:
            part = self._memory.put(entry, inflated(entry, name))
            if part.data.startswith((b"<", _MARK)) and not name.lower().endswith(_AS_THEY_PLEASE):
                check_letters(part.data, name)
        return part

    def replace(
        self, name: str, chunks: Iterable[bytes], *, quick: bool = False, is_xml: bool = True
    ) -> None:
        """Replace an XML part by new contents; what is not `Whole` is checked on the way to be well-formed.

        quick: compress less, as becomes a large part; is_xml: False for a part that programs write as they
        please, or that is replaced once more. Raises WorkbookUnsafe when they are no XML: then the part stays
        as it was.
        """
        self._put(name, self._entries[name].info, chunks, quick=quick, is_xml=is_xml)

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Add an XML part; raises as `replace`."""
        info = zipfile.ZipInfo(name, _NO_DATE)
        info.create_system, info.external_attr = 0, 0
        self._put(name, info, chunks)
        self._by_lower[name.lower()] = name

    def _put(
        self,
        name: str,
        old: zipfile.ZipInfo,
        chunks: Iterable[bytes],
        *,
        quick: bool = False,
        is_xml: bool = True,
    ) -> None:
        checked = _well_formed(old.filename, chunks) if is_xml else iter(chunks)
        start: list[bytes] = []
        size = 0
        for chunk in checked:
            start.append(chunk)
            size += len(chunk)
            if size > _LARGEST_COPY:
                self._entries[name] = _packed(old, itertools.chain(start, checked), quick=quick)
                return
        data = b"".join(start)
        waiting = _Waiting(old, data, quick)
        self._entries[name] = waiting
        self._memory.put(waiting, data)

    def put_back(self, name: str, entry: Member) -> None:
        """Let a part be as it was."""
        self._entries[name] = entry

    def drop(self, name: str) -> None:
        """Leave a part out."""
        del self._entries[name]
        self._by_lower.pop(name.lower(), None)

    def write_to(self, target: Target) -> None:
        """Write the zip file."""
        for chunk in self._chunks():
            target.write(chunk)

    def to_bytes(self) -> bytes:
        """Return the zip file."""
        return b"".join(self._chunks())

    def _chunks(self) -> Iterator[bytes]:
        directory: list[bytes] = []
        offset = 0
        for member in self._entries.values():
            info, region = member.packed() if isinstance(member, _Waiting) else member
            directory.append(_central(info, offset))
            offset += len(region)
            yield region
        listing = b"".join(directory)
        if offset + len(listing) > 0xFFFFFFFF:
            raise WorkbookUnsafe(
                "Het werkboek wordt groter dan 4 GB.",
                remedy="Met `klantwaarde analyse BRON --uit MAP` schrijft u alles naar bestanden.",
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


def inflated(member: Member, name: str) -> bytes:
    """Return the contents of a member; raises WorkbookUnsafe as `Archive.read`."""
    if isinstance(member, _Waiting):
        if member.contents is not None:
            return member.contents
        member = member.packed()
    info, region = member
    packed = _payload(info, region)
    try:
        data = (
            bytes(packed) if info.compress_type == zipfile.ZIP_STORED else _unpacked(packed, info.file_size)
        )
    except deflate.error as error:
        raise _damaged(name) from error
    if len(data) != info.file_size or deflate.crc32(data) != info.CRC:
        raise _damaged(name)
    return data


def _unpacked(packed: memoryview, size: int) -> bytes:
    """What was packed, one byte more at most than it says; in pieces, for at once it lies in memory twice."""
    work, out = deflate.unpacker(), io.BytesIO()
    for at in range(0, len(packed), _PACKED):
        out.write(work.decompress(packed[at : at + _PACKED], size + 1 - out.tell()))
        if out.tell() > size:
            break
    return out.getvalue()


def _payload(info: zipfile.ZipInfo, region: bytes) -> memoryview:
    header = _LOCAL.unpack_from(region)
    start = _LOCAL.size + header[9] + header[10]
    return memoryview(region)[start : start + info.compress_size]


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


def _well_formed(name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, looked at on their way."""
    check = WellFormed(name)
    for chunk in chunks:
        if not isinstance(chunk, Whole):
            check.feed(chunk)
        yield chunk
    check.close()


def _packed(old: zipfile.ZipInfo, chunks: Iterable[bytes], *, quick: bool) -> Entry:
    """Compress new contents under the old name and metadata."""
    packer = deflate.packer(quick=quick)
    pieces: list[bytes] = []
    crc = size = 0
    for chunk in chunks:
        crc = deflate.crc32(chunk, crc)
        size += len(chunk)
        pieces.append(packer.compress(chunk))
    pieces.append(packer.flush())
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
