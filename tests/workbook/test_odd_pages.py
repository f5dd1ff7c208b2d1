"""What a page says and draws of shops and surveys that suit nobody: guests, old data, long names, no data at all."""

import re
import zipfile

import pytest
from openpyxl import load_workbook

from klantwaarde_xl.cli import commands
from klantwaarde_xl.cli.words import parser
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook.content import examples_of
from klantwaarde_xl.workbook.templates import template, templates
from tests.books import SHIPPED, Looked, package_of
from tests.workbook.test_unusual_shops import MONEY, MONTHS, NOW, looked, monthly, orders, package

ORDERS = [
    name
    for name, one in templates().items()
    if one.refreshes and name not in ("basis", "klantbeleving", "scenario")
]
LONG = "Vereniging van Eigenaren Appartementencomplex Zonnehoek {:02}"


def charts(path):
    """The XML of each chart of a workbook."""
    with zipfile.ZipFile(path) as parts:
        return [parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/charts/chart")]


# ── nobody, or too little ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [name for name in ORDERS if name != "nps-onderzoek"])
def test_a_shop_of_guests_only_has_every_workbook_without_an_error(tmp_path, name):
    rows = [f"{month}-0{day},{10 + day}" for month in MONTHS[-14:] for day in (2, 6)]
    (tmp_path / "orders.csv").write_text("\n".join(["datum,bedrag", *rows]), encoding="utf-8")
    read = read_table(
        tmp_path / "orders.csv", tables()["transacties"], today=NOW.date(), columns={"klant": "-"}
    )
    made = package_of(name, {"transacties": read}, now=NOW, inputs=MONEY)
    book = Looked(name, made.shown())
    assert not book.errors()
    if name == "dashboard":
        assert "Geen klant om te volgen" in made.shown()["Dashboard"].values()
    if name == "retentie-cohorten":
        assert book.message().startswith("Van geen enkele order in hele perioden is bekend wie de klant is")
        assert set(book.cards().values()) == {"–"}


def test_an_advice_that_cannot_be_given_says_what_lacks_and_asks_no_months_that_are_there(tmp_path):
    given = orders([*monthly(MONTHS[-14:], customers=40, each=lambda n, _: 20 + n), ("K1", "2026-10-31", 5)])
    told = [str(one) for one in looked(tmp_path, "directierapport", given, **MONEY).shown["Rapport"].values()]
    advice = [one for one in told if one.startswith("Voor een advies is nog te weinig bekend")]
    assert all("meer maanden" not in one for one in told)
    assert all(one.endswith(("prognose van de waarde.", "CLV : CAC ontbreken.")) for one in advice)


def test_nothing_typed_is_nothing_to_judge():
    book = Looked("basis", package_of("basis", now=NOW).shown())
    assert "Controle: nog niets ingevuld" in book.shown["Sommen"].values()
    assert not book.attention()
    begun = Looked("basis", package_of("basis", now=NOW, inputs={"kw_besteding": 75}).shown())
    assert "De marge is ingevuld als deel van de omzet" in begun.attention()


# ── what is said ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("last", "said"), [(3, True), (0, False)])
def test_a_page_of_old_orders_says_of_when_it_is(tmp_path, last, said):
    given = orders(monthly(MONTHS[: len(MONTHS) - 4 * last], customers=12))
    for name in ("dashboard", "directierapport"):
        book = looked(tmp_path, name, given)
        shown = [one for one in book.messages() if "De gegevens eindigen op" in str(one)]
        assert bool(shown) is said


def test_shares_of_revenue_before_refunds_are_called_so(tmp_path):
    rows = [*monthly(MONTHS, customers=9), ("K1", "2026-10-31", 8)]
    plain = looked(tmp_path, "dashboard", orders(rows)).shown["Dashboard"].values()
    back = (
        looked(tmp_path, "dashboard", orders([*rows, ("K2", "2026-09-09", -5000)]))
        .shown["Dashboard"]
        .values()
    )
    ends = (
        "% van de omzet komt van klanten die terugkwamen",
        "% van de omzet vóór retouren komt van klanten die terugkwamen",
    )
    assert [any(str(one).endswith(end) for one in plain) for end in ends] == [True, False]
    assert [any(str(one).endswith(end) for one in back) for end in ends] == [False, True]


def test_a_change_of_value_is_the_difference_of_the_two_values_on_the_page(tmp_path):
    rows = [
        (f"K{n}", f"{month}-{1 + (n * 7 + at) % 28:02}", 11.37 + n % 13)
        for at, month in enumerate(MONTHS)
        for n in range(at, at + 60)
        if (n * 31 + at * 17) % 11 < 3
    ]
    book = looked(tmp_path, "directierapport", orders([*rows, ("K40", "2026-10-31", 20)]), **MONEY)
    begin, *_, end = (int(re.sub(r"\D", "", one)) for one in book.column("brug", "label"))
    told = " ".join(str(one) for one in book.shown["Rapport"].values())
    assert begin != end
    change = f"{abs(end - begin):,}".replace(",", ".")
    assert re.search(rf"De verandering van [−+]€ {re.escape(change)} ", told)


def test_a_share_of_content_customers_has_a_percent_sign_and_no_plus(tmp_path):
    rows = [(f"2026-0{1 + 6 * (n % 2)}-04", 5 - n % 3 * (1 + n % 2)) for n in range(60)]
    book = looked(tmp_path, "nps-onderzoek", {"enquete": ("datum;csat", rows)})
    (said,) = [
        one for one in book.shown["Onderzoek"].values() if re.match("CSAT (ging|steeg|daalde) van ", str(one))
    ]
    assert re.search(r"van \d+% \(2026 K1\) naar \d+% \(2026 K3\);", said)


# ── what is drawn ───────────────────────────────────────────────────────────────────────────


def test_the_value_map_has_no_axes_but_those_that_come_with_its_points():
    (drawn,) = [
        xml for xml in charts(SHIPPED / "klantwaarde-klantbeleving.xlsx") if "<c:scatterChart>" in xml
    ]
    assert drawn.count('<c:delete val="1"/>') == 2
    assert "<c:majorGridlines>" not in drawn
    empty, filled = (
        Looked("klantbeleving", package_of("klantbeleving", now=NOW, inputs=given).shown())
        for given in ({}, examples_of(template("klantbeleving")))
    )
    assert {str(one) for one in empty.column("kaart", "prijs")} == {"#N/A"}
    assert all(0.5 <= one <= 1.5 for one in filled.column("kaart", "prijs"))


def test_an_axis_of_nps_ends_at_a_hundred():
    lines = [xml for xml in charts(SHIPPED / "klantwaarde-nps-onderzoek.xlsx") if "<c:lineChart>" in xml]
    assert lines
    assert all('<c:max val="100"/>' in xml for xml in lines)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_long_names_are_read_and_not_shrunk(tmp_path):
    names = {f"K{n}": LONG.format(n) for n in range(30)}
    rows = [(names[who], day, amount) for who, day, amount in monthly(MONTHS, customers=30)]
    made = package(tmp_path, "prognose", orders([*rows, (names["K1"], "2026-10-31", 20)]), **MONEY)
    made.save(tmp_path / "prognose.xlsx")
    book = load_workbook(tmp_path / "prognose.xlsx")
    held = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in names.values()
    ]
    assert len(held) >= 30
    assert not any(cell.alignment.shrink_to_fit for cell in held)
    assert all(cell.alignment.wrap_text for cell in held if cell.column_letter == "B")
    page = Looked("prognose", made.shown()).shown["Prognose"].values()
    cut = [one for one in page if str(one).startswith("Vereniging van")]
    assert cut
    assert all(len(one) <= 32 for one in cut)


# ── the words of a command ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", ["demo", "sjablonen", "functiemodule"])
def test_a_folder_may_be_named_as_in_every_other_command(command):
    one, other = (
        parser(commands.RUNS).parse_args([command, option, "hier"]) for option in ("--uit", "--map")
    )
    assert one.map == other.map
    assert str(one.map) == "hier"
