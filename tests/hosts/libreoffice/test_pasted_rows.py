"""An empty workbook filled in Calc: first rows typed, later fifty pasted under the table, and a refresh of each."""

import pytest

from klantwaarde_xl import clock
from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.demo import TEMPLATE_MOMENT
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.content import inputs_of
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked
from tests.hosts.libreoffice.open_book import OpenBook, errors
from tests.hosts.libreoffice.pasted_books import NAMES, PASTED, SETTINGS, pasted_later, typed_first, wanted
from tests.hosts.libreoffice.test_typed_books import near

_BELOW = "Er staan geen gegevens onder de tabel op Gegevens"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rows_typed_and_pasted_in_calc_are_taken_in_by_a_refresh(name, calc, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(clock, "now", lambda: TEMPLATE_MOMENT)
    path = tmp_path / "werkboek.xlsx"
    assert main(["nieuw", name, "--leeg", "--uit", str(path)]) == 0
    settings = {one: value for one, value in SETTINGS.items() if one in inputs_of(template(name))}
    first, later = typed_first(name), pasted_later(name)
    _typed(calc, name, path, first, settings)
    capsys.readouterr()
    assert main(["ververs", str(path)]) == 0
    capsys.readouterr()
    _holds(name, path, first)
    below = _typed(calc, name, path, later, {})
    assert main(["ververs", str(path)]) == 0
    said = capsys.readouterr().out
    for table, (top, bottom) in below.items():
        assert f"{PASTED} rijen onder de tabel op blad {tables()[table].sheet} horen er nu bij" in said
        assert f"(rij {top} t/m {bottom})" in said
    _holds(name, path, {table: [*rows, *later.get(table, ())] for table, rows in first.items()})


def _typed(calc, name, path, rows, settings):
    """Type in Calc and save there; return the first and last row of each table, and say that they stand there."""
    with OpenBook(calc, name, path) as book:
        book.type(settings)
        below = {table: book.type_rows(tables()[table].sheet_table, found) for table, found in rows.items()}
        looked = book.look()
        assert errors(looked) == []
        assert not below.get("transacties") or looked.checks().get(_BELOW, "let op") != "in orde"
        book.save()
    return below


def _holds(name, path, rows):
    package = Package.open(path)
    for table, found in rows.items():
        assert len(package.read_table(tables()[table].sheet_table).rows) == len(found)
    figures, results = wanted(name, rows)
    held = package.read_names("kw_")
    known = {one for one, value in figures.items() if value is not None}
    assert known == {one for one in figures if held[one] is not None}
    assert {one: held[one] for one in known if not near(float(held[one]), float(figures[one]))} == {}
    for (table, columns), lines in results.items():
        read = package.read_table(table)
        places = [read.headers.index(one) for one in columns]
        got = sorted(tuple(row[at] for at in places) for row in read.rows)
        wrong = [
            pair
            for pair in zip(got, sorted(lines), strict=True)
            if not all(near(*both) for both in zip(*pair, strict=True))
        ]
        assert wrong == []
    looked = Looked(name, package.shown())
    if name == "cac-kanalen":
        value = held["kw_kanalen_clv"] / SETTINGS["kw_doelratio"]
        assert near(looked.card("Hoogste CAC")[0], value)
    assert looked.errors() == []
    assert _BELOW not in looked.attention()
