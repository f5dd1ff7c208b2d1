"""What packs a part, with isal and without it: zlib reads all of it, and all of it reads zlib."""

import importlib
import random
import sys
import zlib

import pytest

from klantwaarde_xl.xlsx import deflate

TEXT = b"".join(
    b'<row r="%d"><c><v>%d</v></c></row>' % (n, random.Random(n).getrandbits(20)) for n in range(9999)
)


@pytest.fixture(params=["with isal", "without isal"])
def module(request, monkeypatch):
    if request.param == "without isal":
        monkeypatch.setitem(sys.modules, "isal", None)
    elif not importlib.util.find_spec("isal"):
        pytest.skip("isal has no build for this computer")
    yield importlib.reload(deflate)
    monkeypatch.undo()
    importlib.reload(deflate)


@pytest.mark.parametrize("quick", [False, True])
def test_what_is_packed_in_pieces_is_read_back_by_zlib_and_the_other_way_round(module, quick):
    packer = module.packer(quick=quick)
    pieces = [packer.compress(TEXT[at : at + 7000]) for at in range(0, len(TEXT), 7000)]
    packed = b"".join([*pieces, packer.flush()])
    assert zlib.decompress(packed, -15) == TEXT
    assert module.unpacker().decompress(packed, len(TEXT) + 1) == TEXT
    assert len(packed) < len(TEXT) / 3
    assert module.crc32(TEXT[7:], module.crc32(TEXT[:7])) == zlib.crc32(TEXT)


def test_no_more_is_unpacked_than_was_asked_and_damage_is_an_error(module):
    packer = module.packer(quick=False)
    packed = packer.compress(TEXT) + packer.flush()
    assert module.unpacker().decompress(packed, 1000) == TEXT[:1000]
    with pytest.raises(module.error):
        module.unpacker().decompress(b"\xff" * 100, 1000)


def test_what_may_take_its_time_is_the_same_file_everywhere(module):
    packer = module.packer(quick=False)
    plain = zlib.compressobj(6, zlib.DEFLATED, -15)
    assert packer.compress(TEXT) + packer.flush() == plain.compress(TEXT) + plain.flush()
