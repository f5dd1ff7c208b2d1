"""A table that is declared is read: from CSV, from XLSX and from the cells of a sheet, with its own errors."""

import dataclasses
import datetime as dt

import openpyxl
import pytest

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table, read_transactions, table_from_cells
from klantwaarde_xl.data.reading.sources.source import Source
from klantwaarde_xl.data.tables import COSTS, Column, Kind, Table, tables
from klantwaarde_xl.errors import Ambiguous, ColumnsMissing, FileUnreadable, RowsRefused

TODAY = dt.date(2026, 11, 27)


def heavy(looked):
    """A doubt of the declared table's own."""
    count = looked.con.execute(f"select count(*) from {looked.table.sql} where gram > 5000").fetchall()[0][0]
    return [f"{count} pakketten zijn zwaarder dan 5 kilo"] if count else []


PARCELS = Table(
    "pakketten",
    "tblPakketten",
    "Pakketten",
    "Pakketten per dag",
    (
        Column("zending", Kind.KEY, ("zendingnummer", "trackingcode")),
        Column("verzonden op", Kind.DATE, ("verzenddatum",)),
        Column("gewicht (kg)", Kind.NUMBER, ("gewicht",), field="kilo"),
        Column("gram", Kind.NUMBER, ("massa",), required=False),
        Column("porto", Kind.AMOUNT, ("verzendkosten",)),
        Column("opmerking", Kind.TEXT, (), required=False),
    ),
    doubts=(heavy,),
)
HEADERS = ["Zendingnummer", "Verzenddatum", "Gewicht", "Massa", "Porto", "Opmerking"]
TYPED = [
    ["  P 1 ", dt.date(2026, 1, 5), 1.25, 1250, 6.95, " voor  buren "],
    ["P2", dt.date(2026, 1, 6), 5.5, 5500, -1234.5, None],
]
WANTED = [
    ("P 1", dt.date(2026, 1, 5), 1.25, 1250.0, 6.95, "voor  buren"),
    ("P2", dt.date(2026, 1, 6), 5.5, 5500.0, -1234.5, None),
]
CSV = (
    "Zendingnummer;Verzenddatum;Gewicht;Massa;Porto;Opmerking\n"
    " P 1 ;5-1-2026;1,25;1250;€ 6,95; voor  buren \nP2;6-1-2026;5,5;5500;-1.234,50;\n"
)


def in_csv(folder, headers, rows):
    path = folder / "tabel.csv"
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    path.write_text("\n".join(";".join(row) for row in [headers, *texts]) + "\n", encoding="utf-8")
    return path


def in_workbook(folder, headers, rows):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Verzending")
    for row in [headers, *rows]:
        sheet.append(row)
    book.save(folder / "tabel.xlsx")
    return folder / "tabel.xlsx"


def read(how, folder, headers, rows, table=PARCELS, **options):
    if how == "cells":
        return table_from_cells(table, headers, rows, source="Verzending", today=TODAY, **options)
    path = (in_csv if how == "csv" else in_workbook)(folder, headers, rows)
    return read_table(path, table, today=TODAY, skip_refused=True, **options)


def test_a_table_declared_on_the_spot_is_read_from_text(tmp_path):
    (tmp_path / "p.csv").write_text(CSV, encoding="utf-8")
    assert read_table(tmp_path / "p.csv", PARCELS, today=TODAY).rows() == WANTED


@pytest.mark.slow
@pytest.mark.parametrize("how", ["xlsx", "cells"])
def test_a_table_declared_on_the_spot_is_read_from_typed_cells(tmp_path, how):
    assert read(how, tmp_path, HEADERS, TYPED).rows() == WANTED


@pytest.mark.parametrize("how", ["csv", "xlsx", "cells"])
def test_its_problems_are_named_by_its_own_columns_and_rows(tmp_path, how):
    rows = [
        ["P1", "5-1-2026", "1,25", "", "6,95", ""],
        ["", "5-1-2026", "1,25", "", "6,95", ""],
        ["P3", "ooit", "zwaar", "", "volgt", ""],
        ["P4", "5-1-2026", "", "veel", "6,95", ""],
        ["Totaal", "5-1-2026", "2", "", "9", ""],
    ]
    problems = [str(problem) for problem in read(how, tmp_path, HEADERS, rows).quality.problems]
    assert problems == [
        "rij 3, kolom zending: dit is niet ingevuld",
        "rij 4, kolom verzonden op: dit is geen datum ('ooit')",
        "rij 4, kolom gewicht (kg): dit is geen getal ('zwaar')",
        "rij 4, kolom porto: dit is geen bedrag ('volgt')",
        "rij 5, kolom gewicht (kg): dit is niet ingevuld",
        "rij 5, kolom gram: dit is geen getal ('veel')",
        "rij 6, kolom zending: dit lijkt een totaalregel ('Totaal')",
    ]


def test_a_file_with_refused_rows_is_refused_with_the_tables_columns(tmp_path):
    path = in_csv(tmp_path, HEADERS, [["P1", "5-1-2026", "1,25", "", "x", ""]])
    with pytest.raises(RowsRefused, match="rij 2, kolom porto"):
        read_table(path, PARCELS, today=TODAY)


@pytest.mark.parametrize("how", ["csv", "xlsx", "cells"])
def test_an_optional_column_may_be_absent(tmp_path, how):
    rows = [["P1", "5-1-2026", "1,25", "6,95"]]
    got = read(how, tmp_path, ["zending", "verzonden op", "gewicht (kg)", "porto"], rows)
    assert got.rows() == [("P1", dt.date(2026, 1, 5), 1.25, None, 6.95, None)]


@pytest.mark.parametrize("how", ["csv", "xlsx", "cells"])
def test_a_missing_column_is_named_with_what_is_optional(tmp_path, how):
    with pytest.raises(ColumnsMissing) as error:
        read(how, tmp_path, ["zending", "porto"], [["P1", "6,95"]])
    assert "Nodig: zending, verzonden op, gewicht (kg), porto" in error.value.what
    assert "als u ze hebt: gram, opmerking" in error.value.what
    assert "Gevonden: 'zending', 'porto'" in error.value.what


def test_the_user_can_name_an_optional_column_and_it_must_be_there(tmp_path):
    headers = ["zending", "verzonden op", "gewicht (kg)", "porto", "tekst bij het pakket"]
    rows = [["P1", "5-1-2026", "1,25", "6,95", "breekbaar"]]
    got = read("csv", tmp_path, headers, rows, columns={"opmerking": "Tekst bij het pakket"})
    assert got.rows()[0][-1] == "breekbaar"
    with pytest.raises(ColumnsMissing, match="'notitie' staat niet"):
        read("csv", tmp_path, headers, rows, columns={"opmerking": "notitie"})


def test_a_doubtful_number_is_asked_about_by_its_column(tmp_path):
    rows = [["P1", "5-1-2026", "1.250", "", "6,95", ""]]
    with pytest.raises(Ambiguous, match="kolom gewicht"):
        read("csv", tmp_path, HEADERS, rows)
    got = read("csv", tmp_path, HEADERS, rows, reading=Reading(decimal="punt"))
    assert got.rows()[0][2] == 1.25


def test_the_tables_own_doubts_are_said_and_those_of_transactions_are_not(tmp_path):
    got = read("cells", tmp_path, HEADERS, [*TYPED, [None] * 6, ["P9", None, None, None, None, None]])
    without = "zonder verzonden op en gewicht (kg) en porto"
    assert got.quality.notes == (
        "1 pakketten zijn zwaarder dan 5 kilo",
        f"1 rij {without}: overgeslagen (vervolgregels van een order, totalen)",
    )


def test_a_table_without_rows_is_said_with_its_name(tmp_path):
    with pytest.raises(FileUnreadable, match="geen pakketten in"):
        read("csv", tmp_path, HEADERS, [])


def test_a_declared_name_with_a_quote_in_it_is_read():
    odd = Table('o"d', "tblO", "O", "O", (Column('a"b', Kind.NUMBER), Column("c", Kind.KEY)))
    got = table_from_cells(odd, ['a"b', "c"], [[1.5, "x"]], source="Blad1", today=TODAY)
    assert got.rows() == [(1.5, "x")]


@pytest.mark.parametrize("fields", [("a", "A"), ("rij", "b"), ("a", "Rij")])
def test_a_declaration_whose_columns_would_collide_is_refused(fields):
    columns = tuple(Column(f"kolom {at}", Kind.KEY, field=field) for at, field in enumerate(fields))
    with pytest.raises(ValueError, match="one name"):
        dataclasses.replace(PARCELS, columns=columns)


# ── costs ───────────────────────────────────────────────────────────────────────────────────

SPENT = [
    (dt.date(2026, 1, 1), "Google Ads", 1250.5, None, None),
    (dt.date(2026, 2, 1), "Google Ads", 900.0, "voorjaar", None),
    (dt.date(2026, 2, 1), "nieuwsbrief", -50.0, None, None),
]


@pytest.mark.parametrize("how", ["csv", "xlsx", "cells"])
def test_costs_are_read_by_their_declaration_alone(tmp_path, how):
    typed = [
        [dt.date(2026, 1, 17), "Google Ads", 1250.5, None],
        [dt.date(2026, 2, 1), "Google Ads", 900, "voorjaar"],
        [dt.date(2026, 2, 28), "nieuwsbrief", -50, None],
    ]
    text = [
        ["17-01-2026", "Google  Ads", "€ 1.250,50", ""],
        ["1-2-2026", "Google Ads", "900,-", "voorjaar"],
        ["28-02-2026", "nieuwsbrief", "(50)", ""],
    ]
    rows = text if how == "csv" else typed
    got = read(how, tmp_path, ["Periode", "Kanaal", "Kosten", "Campagne"], rows, COSTS)
    assert got.rows() == SPENT
    assert got.quality.amount_kept == 2100.5
    assert (got.first_day, got.last_day) == (dt.date(2026, 1, 1), dt.date(2026, 2, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03",
        "03-2026",
        "3/2026",
        "202603",
        "maart 2026",
        "mrt 2026",
        "1-3-2026",
        "2026-03-31",
        "31 maart 2026",
    ],
)
def test_a_month_is_read_in_the_forms_that_people_write(text):
    got = table_from_cells(COSTS, ["maand", "kanaal", "bedrag"], [[text, "post", 5]], source="K", today=TODAY)
    assert got.rows() == [(dt.date(2026, 3, 1), "post", 5.0, None, None)]


@pytest.mark.parametrize("cell", [202603.0, 46082.0, dt.date(2026, 3, 9)])
def test_a_typed_month_is_read(cell):
    got = table_from_cells(COSTS, ["maand", "kanaal", "bedrag"], [[cell, "post", 5]], source="K", today=TODAY)
    assert got.rows()[0][0] == dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-13", "het jaartal kan niet kloppen|dit is geen maand"),
        ("kwartaal 1", "dit is geen maand"),
        ("1-3-45", "het jaartal kan niet kloppen"),
        ("2226-03", "het jaartal kan niet kloppen"),
        ("", "dit is niet ingevuld"),
    ],
)
def test_what_is_no_month_is_refused(text, reason):
    rows = [["2026-01", "post", 5], [text, "post", 5]]
    got = table_from_cells(COSTS, ["maand", "kanaal", "bedrag"], rows, source="K", today=TODAY)
    (problem,) = got.quality.problems
    assert problem.reason in reason.split("|")


def test_costs_have_doubts_of_their_own(tmp_path):
    rows = [["2026-01", "post", 5], ["2026-01", "post", 5], ["2027-02", "post", 5]]
    notes = read("cells", tmp_path, ["maand", "kanaal", "bedrag"], rows, COSTS).quality.notes
    assert notes[:2] == (
        "1 rij die precies gelijk is aan een andere (maand, kanaal, bedrag, campagne, bereikt): alles telt",
        "1 rij met een maand in de toekomst",
    )


def test_two_tables_can_share_an_engine():
    headers, rows = ["maand", "kanaal", "bedrag"], [["2026-01", "post", 5]]
    costs = table_from_cells(COSTS, headers, rows, source="K", today=TODAY)
    both = table_from_cells(PARCELS, HEADERS, TYPED, source="P", today=TODAY, con=costs.con)
    found = both.con.execute('select sum(bedrag), (select count(*) from pakketten) from "kosten"').fetchall()
    assert found == [(5, 2)]


def test_every_table_is_found_by_its_name():
    assert list(tables())[:2] == ["transacties", "kosten"]
    assert all(table.name == name for name, table in tables().items())
    assert all(table.columns and table.sheet_table.startswith("tbl") for table in tables().values())


# ── where it came from, and how much ────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a, blad b.csv", "a, blad b.xlsx"])
def test_a_source_is_a_record_and_no_sentence(tmp_path, name):
    made = in_workbook(tmp_path, HEADERS, TYPED) if name.endswith("xlsx") else in_csv(tmp_path, HEADERS, [])
    if name.endswith("csv"):
        made.write_text(CSV, encoding="utf-8")
    path = made.rename(tmp_path / name)
    source = read_table(path, PARCELS, today=TODAY).source
    assert source == Source(path, "Verzending" if name.endswith("xlsx") else "")
    assert source.name == name


@pytest.mark.slow
def test_amounts_read_used_and_refused_add_up(tmp_path):
    text = "klant;datum;bedrag\nA;1-2-2024;100,50\nA;2-2-2024;-20\n;3-2-2024;7,25\nB;x;y\nC;5-5-2099;1\n"
    (tmp_path / "o.csv").write_text(text, encoding="utf-8")
    quality = read_transactions(tmp_path / "o.csv", today=TODAY, skip_refused=True).quality
    assert (quality.amount_kept, quality.amount_refused, quality.amount_read) == (87.75, 1.0, 88.75)
    assert quality.amounts_unknown == 1


@pytest.mark.parametrize(
    "text", ["(5", "5)", "(0,125", "(125,-", "+5-", "-(5)", "(-5)", "--5", "5--", "-5-", "(5-)"]
)
def test_an_amount_whose_signs_do_not_agree_is_refused(text):
    rows = [["A", "1-2-2024", 1], ["B", "1-2-2024", text]]
    got = read("cells", None, ["klant", "datum", "bedrag"], rows, tables()["transacties"])
    assert [problem.text for problem in got.quality.problems] == [text]


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"klant": "Relatie"}, "De kolom 'Relatie' staat niet"),
        ({"klant": "Relatie", "datum": "Dag"}, "De kolommen 'Relatie', 'Dag' staan niet"),
    ],
)
def test_columns_that_were_named_and_are_not_there_are_counted_in_their_sentence(tmp_path, named, words):
    path = tmp_path / "anders.csv"
    path.write_text("Naam;Plaats\nJan;Utrecht\nPiet;Ede\n", encoding="utf-8")
    with pytest.raises(ColumnsMissing, match=words):
        read_transactions(path, columns=named)
