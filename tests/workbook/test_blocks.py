"""A workbook is data: no addresses in templates, every name found, and a new one is one file."""

import ast
import re
import textwrap
from pathlib import Path

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.errors import SpecError
from klantwaarde_xl.workbook import blocks as b
from klantwaarde_xl.workbook import templates as room
from klantwaarde_xl.workbook.build import build_workbook, skeleton
from klantwaarde_xl.workbook.content import inputs_of
from klantwaarde_xl.workbook.layout import Layout, layout_of
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.xlsx.package import Package
from tests.books import Looked, package_of
from tests.conftest import NOW

FOLDER = Path(room.__file__).parent
FILES = sorted([*FOLDER.glob("[!_]*.py"), *FOLDER.parent.glob("[!_]*.py")])  # templates, and what they share
ADDRESS = re.compile(r"(?<![\w\[])\$?[A-Z]{1,3}\$?[1-9]\d*(?![\w(])")
NOT_AN_ADDRESS = {"D1", "SP1"}


def formulas_in(path):
    """Every text in a file that holds a piece of a formula, without the texts inside the formula."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = re.sub(r'"[^"]*"', '""', node.value)
            if text.startswith("=") or re.search(r"\b[A-Z]{2,}\(|\bk[a-z]_", text):
                yield text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_formula_of_a_workbook_names_a_cell_by_its_address_or_a_sheet(path):
    texts = [
        text for text in formulas_in(path) if "FOUTCEL" not in text and "(?" not in text
    ]  # a text to read, a pattern
    assert not [text for text in texts if set(ADDRESS.findall(text)) - NOT_AN_ADDRESS]
    assert not [text for text in texts if "!" in text]


def made(*blocks, **more):
    sheet = b.Sheet("Start", "Proef", "Werkt het?", blocks, (20, 20, 20), **more)
    return b.Template("proef", 1, "Proef", "Om te proberen.", (sheet,))


def rows(*texts):
    return b.Grid(
        (b.Column("wat"), b.Column("som")), tuple(("x", b.Formula(text)) for text in texts), name="proef"
    )


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("=kw_onbekend+1", "kw_onbekend"),
        ("=SUM(tblNiets[omzet])", "tblNiets"),
        ("=SUM({proef.bestaat niet})", "bestaat niet"),
        ("=SUM({elders.som})", "elders"),
        ("=SUM({elders_2.som})", "elders_2"),
        ("=SUM({per-kanaal.som})", "per-kanaal"),
        ("=KC_onbekend+1", "KC_onbekend"),
        ("=SUM(tblKosten2[bedrag])", "tblKosten2"),
    ],
)
def test_a_name_that_is_nowhere_is_an_error_of_the_template(formula, says):
    with pytest.raises(SpecError, match=says):
        skeleton(made(rows(formula)), NOW)


def test_a_column_that_a_result_does_not_have_is_an_error_of_the_template():
    with pytest.raises(SpecError, match="winst"):
        skeleton(made(rows("=SUM(tblKpi[winst])"), b.ResultBlock("kpi")), NOW)


def test_a_cell_with_the_name_of_another_is_an_error_of_the_template():
    twice = b.Grid((b.Column("a"),), ((b.Formula("=1", name="kc_een"),), (b.Formula("=2", name="kc_een"),)))
    with pytest.raises(SpecError, match="kc_een"):
        Layout(made(twice))


def named(name):
    return b.Grid((b.Column("wat"), b.Column("som")), (("x", b.Formula("=1")),), name=name)


@pytest.mark.parametrize(
    ("blocks", "says"),
    [
        ((named("cac"), named("cac")), "cac staat twee keer"),
        ((b.ResultBlock("kpi"), b.ResultBlock("kpi")), "tblKpi staat twee keer"),
        (
            (b.Grid((b.Column("a"), b.Column("a")), (("x", b.Formula("=ROWS({.a})")),)),),
            "meer dan één kolom 'a'",
        ),
        ((b.Form(("kw_marges",)),), "kw_marges"),
        ((b.Grid((b.Column("a"),), ((b.Link("nergens"),),)),), "nergens"),
        ((b.Grid((b.Column("a"),), ((b.Formula("=1", "euros"),),)),), "euros"),
        ((b.Grid((b.Column("a", "vet"),), (("x",),)),), "vet"),
    ],
    ids=["grid twice", "result twice", "header twice", "setting", "link", "number", "role"],
)
def test_what_a_template_gets_wrong_is_said_as_its_error(blocks, says):
    with pytest.raises(SpecError, match=says):
        skeleton(made(*blocks), NOW)


@pytest.mark.parametrize("name", ["cac2", "per_kanaal", "per-kanaal", "K"])
def test_a_grid_may_have_any_plain_name(name):
    formula = b.Formula(f"=ROWS({{{name}.som}})", name="kc_rijen")
    package = build_workbook(made(named(name), b.Grid((b.Column("n"),), ((formula,),))), now=NOW).package
    assert package.shown()["Start"]["B8"] == 1


def test_blocks_stand_under_and_beside_each_other_without_touching():
    small, tall = rows("=1"), b.Grid((b.Column("a"),), (("x",),) * 5)
    layout = Layout(made(b.Beside((b.Stack((small, b.Text(("regel",)))), tall), gap=2), b.Text(("onder",))))
    placed = {sheet.name: blocks for sheet, blocks in layout.pages}["Start"]
    spots = [(one.row, one.column) for one in placed]
    assert spots == [(4, 2), (7, 2), (4, 6), (11, 2)]


def test_a_reference_in_the_row_and_the_row_above_is_resolved_by_name():
    template = made(
        b.Grid(
            (b.Column("n"), b.Column("samen")),
            tuple(
                (b.Formula(f"={n}"), b.Formula("={.n}" if n == 1 else "={.n}+{^.samen}")) for n in (1, 2, 3)
            ),
            name="tel",
        ),
        b.Grid((b.Column("totaal"),), ((b.Formula("=SUM({tel.n})", name="kc_totaal"),),)),
    )
    shown = build_workbook(template, now=NOW).package.shown()["Start"]
    assert [shown[cell] for cell in ("C5", "C6", "C7")] == [1, 3, 6]
    spot = Layout(template).names["kc_totaal"]
    assert shown[f"B{spot.row}"] == 6


# ── adding a workbook is adding one file ────────────────────────────────────────────────────

NEW = '''
    """A workbook that a test adds."""

    from klantwaarde_xl.workbook import blocks as b
    from klantwaarde_xl.workbook import standard as s

    TEMPLATE = b.Template(
        id="eigen-blad", version=1, title="Eigen werkboek", purpose="Wat u zelf wilt zien.",
        sheets=(
            s.start("Eigen werkboek", "Hoeveel kochten klanten?", ("Plak uw orders.",), links=3),
            s.settings(("kw_bedrijf", "kw_peildatum", "kw_inactief_na"), ("Tot zover.",), used=True),
            s.data("transacties", "Uw transacties.", (20, 20, 20, 20)),
            b.Sheet("Overzicht", "Overzicht", "Per maand.", (
                b.Grid((b.Column("wat"), b.Column("hoeveel", numbers=True)),
                       (("Orders", b.Formula("=SUM(tblKpi[orders])", "aantal", name="kc_orders_samen")),)),
                b.ResultBlock("kpi"),
            ), (16,) * 16, "Alle maanden."),
            s.controls((s.ALL_READ, s.AS_REFRESHED, s.as_used(("kw_inactief_na",)))),
        ),
    )
'''


@pytest.fixture
def added(tmp_path, monkeypatch):
    """A folder with one more template, that the room of templates looks into too."""
    folder = tmp_path / "sjablonen"
    folder.mkdir()
    (folder / "eigen_blad.py").write_text(textwrap.dedent(NEW), encoding="utf-8")
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(folder)])


@pytest.mark.slow
def test_a_template_is_added_by_adding_a_file(added, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("orders.csv").write_text(
        "klant;datum;bedrag\n" + "".join(f"K{i};{i + 1}-3-2026;{i},50\n" for i in range(9)), encoding="utf-8"
    )
    assert "eigen-blad" in room.template_ids()
    assert main(["nieuw", "eigen-blad", "--gegevens", "orders.csv"]) == 0, capsys.readouterr().err
    package = Package.open(Path("klantwaarde-eigen-blad.xlsx"))
    layout = layout_of(room.template("eigen-blad"))
    spot = layout.names["kc_orders_samen"]
    assert package.shown()[spot.sheet][f"C{spot.row}"] == 9
    with Path("orders.csv").open("a", encoding="utf-8") as file:
        file.write("K99;12-3-2026;5,00\n")
    assert main(["ververs", "klantwaarde-eigen-blad.xlsx", "--gegevens", "orders.csv"]) == 0
    assert "Kerncijfers: 1 maand" in capsys.readouterr().out
    assert Package.open(Path("klantwaarde-eigen-blad.xlsx")).shown()[spot.sheet][f"C{spot.row}"] == 10


# ── a workbook without transactions ─────────────────────────────────────────────────────────


def typed(**values):
    return Looked("basis", package_of("basis", now=NOW, inputs=values).shown())


@pytest.mark.slow
def test_the_articles_sums_come_out_as_the_articles_say():
    looked = typed()
    assert looked.column("artikelen", "uitkomst") == [800, 750, 1000]
    assert set(looked.column("artikelen", "klopt")) == {"✔ klopt"}


@pytest.mark.slow
def test_an_empty_workbook_shows_dashes_and_says_what_to_fill_in():
    looked = typed()
    assert set(looked.cards().values()) == {"–"}
    assert looked.card("CLV contant")[1] == "vul aankoopwaarde in"


FILLED = {
    "kw_besteding": 120.0, "kw_perioden": 4, "kw_kosten": 90.0, "kw_aankoopwaarde": 40.0, "kw_frequentie": 6.0,
    "kw_levensduur": 4.0, "kw_retentie": 0.75, "kw_cac": 55.0, "kw_kosten_klant": 12.0, "kw_marge": 0.4,
    "kw_rente": 0.06, "kw_inflatie": 0.02,
}  # fmt: skip


def test_six_sums_of_one_customer_are_those_of_a_pencil():
    cards = typed(**FILLED).cards()
    year = 40 * 6 * 0.4 - 12
    rate = 1.06 * 1.02 - 1
    assert cards["Klantwaarde"] == pytest.approx(120 * 4 - 90)
    assert cards["CLV eenvoudig"] == pytest.approx(40 * 6 * 4)
    assert cards["CLV historisch"] == pytest.approx(40 * 6 * 4 * 0.4)
    assert cards["CLV met retentie"] == pytest.approx(year / (1 - 0.75))
    discounted = sum(year * (0.75 / (1 + rate)) ** t for t in range(500))
    assert cards["CLV contant"] == pytest.approx(discounted)
    assert cards["CLV na werving"] == pytest.approx(discounted - 55)


def test_each_knob_is_the_value_with_ten_per_cent_more_less_the_value_without():
    looked = typed(**FILLED)
    rate = 1.06 * 1.02 - 1

    def value(spend=240.0, costs=12.0, retention=0.75, cac=55.0):
        return (spend * 0.4 - costs) * (1 + rate) / (1 + rate - retention) - cac

    wanted = [value(costs=10.8), value(spend=264.0), value(retention=0.825), value(cac=49.5)]
    assert looked.column("knoppen", "waarde straks") == pytest.approx(wanted)
    assert looked.column("knoppen", "erbij per klant") == pytest.approx([one - value() for one in wanted])


@pytest.mark.parametrize(("interest", "inflation"), [(0.0, 0.0), (0.0, None), (0.02, None)])
def test_a_customer_who_never_leaves_has_a_value_only_while_later_money_counts_for_less(interest, inflation):
    looked = typed(**{**FILLED, "kw_retentie": 1.0, "kw_rente": interest, "kw_inflatie": inflation})
    cards = looked.cards()
    assert not [card for card in cards.values() if str(card).startswith("#")]
    assert looked.card("CLV met retentie") == ("–", "retentie 100%: geen einde")
    if interest:
        assert cards["CLV contant"] == pytest.approx((40 * 6 * 0.4 - 12) * 1.02 / 0.02)
    else:
        assert looked.card("CLV na werving") == ("–", "retentie 100%: geen einde")


@pytest.mark.slow
def test_a_workbook_without_transactions_refreshes_and_keeps_what_was_typed(tmp_path):
    path = tmp_path / "basis.xlsx"
    build_workbook(room.template("basis"), now=NOW, inputs=FILLED).save(path)
    done = refresh_file(path, now=NOW, backup=False)
    assert done.words()[0] == "Het werkboek is ververst."
    names = Package.open(path).read_names("kw_")
    assert {name: names[name] for name in FILLED} == FILLED
    assert set(FILLED) < set(inputs_of(room.template("basis")))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("[!_]*.py")), ids=lambda path: path.name)
def test_the_file_of_a_workbook_is_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
