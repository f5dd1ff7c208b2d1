"""What a fuzzer that follows which code it reaches finds in reading workbooks, formulas and exports.

    pip install atheris
    python benchmarks/fuzzen.py werkboek|formule|export [seconds] [folder]

Each input must be read, or refused in our own words, within twenty seconds and a gigabyte. Of what is read: a
formula is its tokens, and as long after it was moved there and back; a table that was put in a workbook is
read back. What reaches new code is kept in the folder (by default fuzz-… beside this script), in which a next
run goes on; an input that fails is there as crash-…, timeout-… or oom-…, and becomes a small test. Not on
Windows.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import io
import pkgutil
import random
import re
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

SECONDS, PATIENCE, MEMORY = 3600, 20, 1000
TODAY = dt.date(2026, 11, 27)
LARGEST = {"werkboek": 20_000, "formule": 2_000, "export": 4_000}

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the workbook and the exports of the tests

with atheris.instrument_imports(include=["klantwaarde_xl"]):
    import klantwaarde_xl
    from klantwaarde_xl import formula as f
    from klantwaarde_xl.data.reading import files
    from klantwaarde_xl.data.reading.sources import engine
    from klantwaarde_xl.dutch import date_to_serial
    from klantwaarde_xl.errors import KlantwaardeError
    from klantwaarde_xl.plan.closed import apply_plan
    from klantwaarde_xl.plan.plan import Plan, TableWrite
    from klantwaarde_xl.workbook.formulas.bounded import all_prepared
    from klantwaarde_xl.xlsx.package import Package
    from klantwaarde_xl.xlsx.references import Move, Template, rewrite

    for room in (
        "data.reading",
        "plan",
        "workbook.formulas",
        "xlsx",
    ):  # also what is imported when it is needed
        path = [str(Path(klantwaarde_xl.__file__).parent.joinpath(*room.split(".")))]
        for found in pkgutil.walk_packages(path, f"klantwaarde_xl.{room}."):
            importlib.import_module(found.name)


from tests.workbook.rich import COLUMNS, customers, rich, unpack  # noqa: E402 - what is instrumented comes first

# ── formulas ────────────────────────────────────────────────────────────────────────────────


def formulas():
    """Formulas to begin with: those of the workbooks that we ship."""
    shipped = Path(__file__).parents[1] / "templates"
    texts = {
        text
        for path in shipped.glob("*.xlsx")
        for cells in Package.open(path).formulas().values()
        for text in cells.values()
    }
    return [text.encode() for text in sorted(texts, key=len)[::20]]


def read_formula(data):
    """Read a formula in every way in which one is read."""
    text = data.decode("utf-8", "replace")
    assert "".join(match[0] for match in f.TOKEN.finditer(text)) == text
    moved = Template(text)
    assert moved.at(0) == text
    grown = rewrite(text, "Blad1", [Move("Blad1", 1, 4, 1, 2, 5, 9)])
    assert text == grown or "5" in text
    try:
        node = f.parse(text)
    except f.FormulaError:
        return
    f.is_absolute(node)
    further = moved.at(7, 2)
    if "#REF!" not in further:  # Excel writes no reference that both moves and is turned around
        assert len(Template(further).at(-7, -2)) == len(text), (text, further)


# ── workbooks ───────────────────────────────────────────────────────────────────────────────


PARTS = unpack(rich(4))  # a little of most that a workbook can have
NAMES = sorted(PARTS)
ROWS = customers(5)


def workbooks():
    """A part of a workbook a time, behind the number of the part."""
    return [bytes([number]) + PARTS[name] for number, name in enumerate(NAMES)]


_VALUE = re.compile(rb"""="([^"]*)"|>([^<>]+)<""")
_ELEMENT = re.compile(rb"<(\w[\w:]*)(?:\s[^<>]*)?(?:/>|>[^<]*</\1>)")
_VALUES = (
    b"", b"0", b"-1", b"1", b"4294967296", b"99999999999999999999", b"1e308", b"nan", b"true", b"A1", b"$A$1",
    b"XFD1048576", b"A1:XFD1048576", b"B2:A1", b"A0", b"rId1", b"rId99", b"s", b"b", b"e", b"inlineStr",
    b"#REF!", b"tblA", b"Blad1!A1", b"&#0;", b"&#x10FFFF;", b"&lt;", b"_x0000_", b" ", b"../../x",
    b"1048576", b"16384",
)  # fmt: skip


def change_part(data, largest, seed):
    """Another value in a part, or an element gone, twice or elsewhere: what stays XML gets past the door."""
    chance = random.Random(seed)
    if chance.random() < 0.1 or len(data) < 2:
        return atheris.Mutate(data, largest)
    if chance.random() < 0.3:  # another part: whole ones reach the same code, so that one of them is kept
        data = chance.choice(workbooks())
    for _ in range(chance.choice((1, 1, 2, 4))):
        if chance.random() < 0.6:
            found = [match.span(1 if match[1] is not None else 2) for match in _VALUE.finditer(data, 1)]
            new = chance.choice(_VALUES)
        else:
            found = [match.span() for match in _ELEMENT.finditer(data, 1)]
            other = chance.choice(found) if found else (1, 1)
            new = chance.choice((b"", data[slice(*other)], data[slice(*other)] * 2))
        if found:
            begin, end = chance.choice(found)
            data = data[:begin] + new + data[end:]
    return data[:largest]


def read_workbook(data):
    """Read a workbook of which one part is replaced, put a table in it and read that back."""
    if not data:
        return
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for number, name in enumerate(NAMES):
            book.writestr(name, data[1:] if number == data[0] % len(NAMES) else PARTS[name])
    try:
        package = Package.from_bytes(target.getvalue())
        for name in package.table_names():
            package.read_table(name)
        package.shown()
        package.read_names("kw_")
        all_prepared(package)
        apply_plan(package, Plan((TableWrite("tblData", COLUMNS, ROWS, COLUMNS[:1]),)))
        again = Package.from_bytes(package.to_bytes())
    except KlantwaardeError:
        return
    table = again.read_table("tblData")
    places = [[header.casefold() for header in table.headers].index(one.casefold()) for one in COLUMNS]
    assert [[row[at] for at in places] for row in table.rows] == [[*map(number_of, row)] for row in ROWS]


def number_of(value):
    """A value as a cell holds it."""
    return date_to_serial(value) if isinstance(value, dt.date) else value


# ── exports ─────────────────────────────────────────────────────────────────────────────────


def exports():
    """The small exports that the tests read, and one of our own."""
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows([("klant", "datum", "bedrag"), ("A", "1-2-2026", "12,50")])
    cases = Path(__file__).parents[1] / "tests" / "data" / "cases"
    small = [path.read_bytes() for path in sorted(cases.glob("*.csv")) if path.stat().st_size < 3000]
    return [target.getvalue().encode(), *small]


_shared = []


def connect():
    """A place in one engine: to start one takes longer than to read a small file."""
    if len(_shared) % 50 == 0:
        _shared[:] = [engine.connect()]
    _shared.append(None)
    con = _shared[0].cursor()
    con.execute(f"attach ':memory:' as place_{len(_shared)}; use place_{len(_shared)}")
    return con


def read_export(data):
    """Read an export."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        path.write_bytes(data)
        try:
            files.read_transactions(path, today=TODAY)
        except KlantwaardeError:
            return


TARGETS = {
    "formule": (read_formula, formulas),
    "werkboek": (read_workbook, workbooks),
    "export": (read_export, exports),
}


def main():
    """Fuzz one of the three."""
    name = sys.argv[1]
    read, seeds = TARGETS[name]
    seconds = int(sys.argv[2]) if sys.argv[2:] else SECONDS
    folder = Path(sys.argv[3]) if sys.argv[3:] else Path(__file__).with_name(f"fuzz-{name}")
    corpus = folder / "begin"
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        for number, seed in enumerate(seeds()):
            (corpus / f"{number:04}").write_bytes(seed)
    files.connect = connect
    options = [f"-max_total_time={seconds}", f"-timeout={PATIENCE}", f"-rss_limit_mb={MEMORY}"]
    options += [f"-artifact_prefix={folder}/", f"-max_len={LARGEST[name]}", "-len_control=0"]
    changed = {"custom_mutator": change_part} if name == "werkboek" else {}
    atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", str(corpus)], read, **changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
