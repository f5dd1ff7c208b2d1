"""What pages show while something is not there yet, and how sure what they do show is."""

import io
import itertools
import re
import zipfile

import hypothesis
import pytest
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.build import empty_workbook
from klantwaarde_xl.workbook.layout import layout_of
from klantwaarde_xl.workbook.phrases import cut
from klantwaarde_xl.workbook.recalculate import recalculate
from klantwaarde_xl.workbook.styles import INK, NUMBERS, _told_apart
from klantwaarde_xl.workbook.templates import template
from tests.books import Looked, package_of, shipped
from tests.workbook.test_recalculate import workbook
from tests.workbook.test_unknown import hidden
from tests.workbook.test_unusual_shops import MONEY, NOW, looked, orders, package

# ── nothing to draw ─────────────────────────────────────────────────────────────────────────


def drawn_on(package, sheet):
    """The charts on a sheet, as XML, in the order in which they are written."""
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        return [xml for name in charts if f"'{sheet}'" in (xml := parts.read(name).decode())]


@pytest.mark.parametrize(("name", "sheet"), [("basis", "Sommen"), ("scenario", "Scenariopagina")])
def test_a_typed_workbook_has_legends_and_labels_only_beside_what_is_drawn(name, sheet):
    made = package_of(name, now=NOW)
    charts = drawn_on(made, sheet)
    assert len(charts) == 2
    assert all("<c:legend>" not in xml for xml in charts)
    empty, filled = (one.shown()[sheet] for one in (made, shipped(name)))
    labels = [
        f"{column}{row}"
        for xml in charts
        for column, row, last in re.findall(rf"<c:cat>.*?'{sheet}'!\$(\w+)\$(\d+):\$\w+\$(\d+)", xml)[:1]
        for row in range(int(row), int(last) + 1)
    ]
    assert labels
    assert {empty.get(cell) or "" for cell in labels} == {""}
    assert all(filled[cell] for cell in labels)
    assert "■" not in empty.values()
    assert list(filled.values()).count("■") == (4 if name == "scenario" else 0)


def test_a_shop_of_guests_has_no_axis_where_customers_would_be(tmp_path):
    rows = "".join(f";{1 + n % 28}-{1 + n % 9}-2026;{20 + n}\n" for n in range(60))
    (tmp_path / "orders.csv").write_text("klant;datum;bedrag\n" + rows, encoding="utf-8")
    read = read_table(
        tmp_path / "orders.csv", tables()["transacties"], today=NOW.date(), columns={"klant": "-"}
    )
    made = package_of("dashboard", {"transacties": read}, now=NOW)
    waits = {name for name, cells in layout_of(template("dashboard")).charts.items() if "kw_klanten" in cells}
    assert waits
    assert waits <= hidden(made)
    assert "Bij geen order staat wie kocht." in made.shown()["Dashboard"].values()


def test_a_sheet_that_is_filled_in_is_not_called_empty():
    typed = {"kw_behoud_marge": 90, "kw_behoud_nu": 0.5}
    book = Looked("scenario", package_of("scenario", now=NOW, inputs=typed).shown())
    assert book.shown["Behoud"]["I1"] == "Controle: nog niets te beoordelen"


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ({}, "vul aankoopwaarde in"),
        ({"kw_aankoopwaarde": 12}, "vul frequentie in"),
        ({"kw_aankoopwaarde": 12, "kw_frequentie": 3, "kw_marge": 0.4}, "vul kosten per klant in (0 mag)"),
        (
            {"kw_aankoopwaarde": 12, "kw_frequentie": 3, "kw_marge": 0.4, "kw_kosten_klant": 0, "kw_retentie": 0.5},
            "vul rente in",
        ),
    ],
    ids=len,
)  # fmt: skip
def test_a_sum_names_the_cell_that_it_waits_for(typed, note):
    book = Looked("basis", package_of("basis", now=NOW, inputs=typed).shown())
    assert book.card("CLV contant") == ("–", note)


_KEEP = {"kw_behoud_marge": 90, "kw_behoud_nu": 0.5, "kw_behoud_straks": 0.6}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kw_behoud_straks": 0.4}, "Retentie straks is niet hoger dan nu: daar is niets aan uit te geven"),
        ({}, "Hoogste uitgave: € 45,00 per klant"),
        ({"kw_behoud_kosten": 50}, "Dit kost meer dan het brengt: € 5,00 per klant te veel"),
        ({"kw_behoud_kosten": 40}, "Dit verdient zich terug: € 5,00 per klant over"),
    ],
    ids=["lower", "no costs", "too much", "less"],
)
def test_what_keeping_customers_may_cost_is_said_of_what_is_filled_in(more, said):
    book = Looked("scenario", package_of("scenario", now=NOW, inputs=_KEEP | more).shown())
    assert said in book.shown["Behoud"].values()


def test_a_survey_without_a_question_on_the_whole_has_been_read(tmp_path):
    rows = [
        (f"2026-0{6 + n % 4}-1{n % 9}", vraag, 1 + (n + at) % 5)
        for n in range(30)
        for at, vraag in enumerate(("Service", "Prijs"))
    ]
    book = looked(tmp_path, "nps-onderzoek", {"enquete": ("datum;vraag;score", rows)})
    assert book.messages()[0].startswith("Er zijn 2 vragen of schalen: ")
    assert book.messages()[1].startswith("Er zijn meer vragen: zie Uitkomsten.")
    made = empty_workbook(template("nps-onderzoek"), now=NOW).package
    empty = Looked("nps-onderzoek", made.shown())
    assert {empty.card(name)[1] for name in ("Loyaliteit: NPS", "Tevredenheid: CSAT")} == {
        "nog geen antwoorden"
    }


def test_a_target_that_cannot_be_is_not_called_after_its_figure(tmp_path):
    rows = [(f"K{n}", f"2026-{1 + n % 10:02}-1{n % 9}", 20) for n in range(60)]
    book = looked(tmp_path, "directierapport", orders(rows), **MONEY, kw_doel_klanten=-4)
    assert "Klanten, doel kan niet" in book.shown["Rapport"].values()
    assert not [
        one for one in map(str, book.shown["Rapport"].values()) if "doel -4" in one or "doel −4" in one
    ]


# ── how sure ────────────────────────────────────────────────────────────────────────────────


def subscribers(leave):
    """Of thirty, those numbers leave after the first year of two and a bit."""
    return [
        (f"K{n}", f"{year}-{month:02}-{1 + n % 28:02}", 30)
        for n in range(30)
        for year in (2024, 2025, 2026)
        for month in range(1, 11 if year == 2026 else 13)
        if not (n in leave and (year, month) > (2025, 3))
    ] + [("K1", "2026-10-31", 30)]


@pytest.mark.slow
def test_the_clv_lies_between_those_of_the_ends_of_its_retention(tmp_path):
    made = package(tmp_path, "dashboard", orders(subscribers(range(3, 12))), **MONEY)
    given, book = made.read_names("kw_"), Looked("dashboard", made.shown())
    retention, low, high = (given[f"kw_retentie_jaar{end}"] for end in ("", "_laag", "_hoog"))
    clv = book["ku_clv"]
    assert 0 < low < retention < high < 1
    for end, name in ((low, "kc_clv_laag"), (high, "kc_clv_hoog")):
        margin = clv * (1.08 - retention) / 1.08
        assert book[name] == pytest.approx(margin * 1.08 / (1.08 - end))
    assert "(95%), de CLV daarmee tussen € " in book.messages()[-1]


def test_new_customers_are_a_part_of_those_at_the_beginning_per_channel(tmp_path):
    old = [
        (f"K{n}", f"{year}-{month:02}-15", 20)
        for n in range(40)
        for year in (2024, 2025, 2026)
        for month in (2, 9)
    ]
    new = [(f"N{n}", f"2026-{1 + n % 9:02}-20", 20) for n in range(10)]
    given = {
        **orders([*old, *new, ("K1", "2026-10-31", 20)]),
        "klanten": ("klant;kanaal", [(f"N{n}", "Beurs" if n < 4 else "Radio") for n in range(10)]),
        "kosten": ("maand;kanaal;bedrag", [(f"{y}-{m:02}", "Beurs", 9) for y, m in ((2025, 11), (2025, 12), *((2026, m) for m in range(1, 11)))]),
    }  # fmt: skip
    book = looked(tmp_path, "cac-kanalen", given, **MONEY)
    assert book.card("Nieuwe klanten") == (10, "in 12 maanden, acquisitie 25%")
    parts = dict(zip(book.column("overzicht", "kanaal"), book.column("overzicht", "acquisitie"), strict=True))
    assert (parts["Beurs"], parts["Radio"]) == (pytest.approx(4 / 40), pytest.approx(6 / 40))
    young = looked(tmp_path, "cac-kanalen", orders([row for row in old if row[1] > "2026"]), **MONEY)
    assert "acquisitie" not in young.card("Nieuwe klanten")[1]


@pytest.mark.slow
@pytest.mark.parametrize(("last", "runs"), [(28, False), (20, True)])
def test_a_month_that_counts_as_whole_has_nothing_to_come_in_the_forecast(tmp_path, last, runs):
    rows = [
        (f"K{n}", f"{year}-{month:02}-{1 + (3 * n + month) % 20:02}", 20 + n)
        for n in range(40)
        for year in (2025, 2026)
        for month in range(1, 10)
        if (n * month) % 5 != 1
    ]
    made = package(tmp_path, "prognose", orders([*rows, ("K1", f"2026-09-{last}", 20)]), **MONEY)
    table = made.read_table("tblVooruit")
    months = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
    september = next(row for row in months if row["maand"].startswith("sep 26"))
    assert (september["omzet samen"] is not None) == runs
    assert september["maand"].endswith("*") == runs
    come = [row for row in months if row["omzet samen"] is not None]
    assert made.read_names("kw_")["kw_vooruit_omzet"] == pytest.approx(
        sum(row["omzet samen"] for row in come) - (september["geteld"] if runs else 0)
    )
    drawn = made.read_table("tblMaandbeeld")
    running = [row[drawn.headers.index("loopt nog")] for row in drawn.rows]
    assert any(value is not None for value in running) == runs


# ── what fits, and stands in line ───────────────────────────────────────────────────────────


@hypothesis.settings(max_examples=25, deadline=None)
@hypothesis.given(
    st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=60), st.integers(6, 40)
)
def test_a_name_that_is_cut_keeps_its_begin_and_its_end(name, longest):
    shown = recalculate(workbook({"A1": "x" + name, "B1": "=" + cut("A1", longest)}))["Blad1"]["B1"]
    whole = "x" + name
    begin, dots, end = shown.partition("…")
    assert len(shown) == min(len(whole), longest)
    assert bool(dots) == (len(whole) > longest)
    assert whole.startswith(begin)
    assert whole.endswith(end)


def test_every_number_format_has_an_ink_of_its_own_in_each_place_that_nobody_sees():
    asked = itertools.product(NUMBERS, (False, True), range(4))
    inks = [_told_apart(INK, number, merged, place) for number, merged, place in asked]
    assert len(set(inks)) == len(inks)
    parts = [[int(ink[at : at + 2], 16) for at in (1, 3, 5)] for ink in (INK, *inks)]
    assert all(abs(ours - one) <= 7 for made in parts for ours, one in zip(parts[0], made, strict=True))
