"""A recipe: what decided how an export was read, as text and back, and the next export read the same way."""

import datetime as dt
import json

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl.data.reading.cells.columns import DECIMALS, Reading
from klantwaarde_xl.data.reading.cells.written import Written, since, together
from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.reading.kinds.fates import CHOICES
from klantwaarde_xl.data.reading.questions.choices import LINES, ONE_ROW
from klantwaarde_xl.data.reading.questions.recipe import KINDS, Recipe, as_text, following, from_text
from klantwaarde_xl.data.tables import COSTS, TRANSACTIONS
from klantwaarde_xl.dutch import DATE_ORDERS
from klantwaarde_xl.errors import Ambiguous, FileUnreadable
from tests.data import exports_made as made
from tests.data.exported import write
from tests.data.exports_made import again, read

__all__ = ["write"]

WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
SOME = st.lists(WORDS, unique=True, max_size=3).map(tuple)
WRITTEN = st.builds(
    Written,
    st.none() | st.sampled_from(DECIMALS),
    st.booleans(),
    st.none() | st.sampled_from([*DATE_ORDERS]),
    st.booleans(),
)
READINGS = st.builds(
    Reading,
    vat=st.sampled_from([None, "excl", "incl"]),
    currencies=st.dictionaries(WORDS, st.floats(0.01, 1e3), max_size=3).map(lambda d: tuple(d.items())),
    counted=st.lists(st.sampled_from([*CHOICES]), unique=True).map(tuple),
    lines=st.sampled_from([None, *LINES]),
    without=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    blanks=st.sampled_from([None, "gast", "erboven"]),
    usual=WRITTEN,
)
RECIPES = st.builds(
    Recipe,
    st.sampled_from(KINDS),
    st.dictionaries(WORDS, WORDS, min_size=1, max_size=4),
    others=SOME,
    sheets=SOME,
    reading=READINGS,
    unit=st.sampled_from(["", ONE_ROW, *LINES]),
    statuses=st.dictionaries(
        WORDS, st.dictionaries(WORDS, st.none() | st.sampled_from([*CHOICES]), max_size=3), max_size=2
    ),
    currencies=SOME,
)


# ── as text ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(["transacties", "kosten"]), RECIPES), st.booleans())
def test_a_recipe_is_the_same_after_it_was_text(recipes, compact):
    text = as_text(recipes, compact=compact)
    assert from_text(text, ("transacties", "kosten"), "recept.json") == recipes


@pytest.mark.slow
@given(RECIPES)
def test_a_compact_recipe_is_one_line_of_ascii(recipe):
    text = as_text({"kosten": recipe}, compact=True)
    assert text.isascii()
    assert text.isprintable()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("klant;datum", "geen JSON"),
        ("[1]", "geen recept"),
        ('{"versie": 1}', "geen recept"),
        ('{"recept": true}', "geen recept"),
        ('{"recept": 1, "orders": {}}', "'orders'"),
        ('{"recept": 1, "transacties": []}', "'transacties'"),
        ('{"recept": 1, "transacties": {"kolommen": {}}}', "ontbreekt bij transacties 'soort'"),
        ('{"recept": 1, "transacties": {"soort": "tekst", "kolommen": {}, "kleur": 1}}', "'kleur'"),
        ('{"recept": 1, "transacties": {"soort": "tekst", "kolommen": {"klant": 3}}}', "'kolommen'"),
        ('{"recept": 1, "transacties": {"soort": "tekst", "kolommen": {}, "decimaal": "dot"}}', '"dot"'),
        (
            '{"recept": 1, "transacties": {"soort": "tekst", "kolommen": {}, "valuta": {"EUR": 0}}}',
            "'valuta'",
        ),
        ('{"recept": 1, "transacties": {"soort": "tekst", "kolommen": {}, "zonder": [["a"]]}}', "'zonder'"),
        (
            '{"recept": 1, "transacties": {"soort": "tekst", "kolommen": {}, "statussen": {"S": {"ok": "goed"}}}}',
            "'statussen'",
        ),
    ],
)
def test_what_is_no_recipe_is_refused_with_what_is_wrong_and_the_way_to_a_new_one(text, said):
    with pytest.raises(FileUnreadable) as caught:
        from_text(text, ("transacties",), "maand.json")
    assert said in caught.value.what
    assert caught.value.where == "maand.json"
    assert "--recept" in caught.value.remedy


def test_a_recipe_of_a_newer_version_asks_for_a_newer_program():
    with pytest.raises(FileUnreadable, match="nieuwere versie") as caught:
        from_text('{"recept": 2, "tabellen": []}', ("transacties",), "maand.json")
    assert "Werk Klantwaarde XL bij" in caught.value.remedy


@pytest.mark.slow
def test_a_recipe_holds_no_value_of_the_data_and_no_place(write):
    path = write(made.SHOPIFY, "geheim.csv")
    text = as_text({"transacties": read(path).recipe})
    for word in ("anna", "1001", "40.5", "2026", "geheim", str(path.parent)):
        assert word not in text


def test_free_words_in_a_column_of_statuses_stay_out_of_the_recipe(write):
    rows = [f"{n};2026-09-{n:02};{n},50;Gebeld met klant {n}" for n in range(1, 20)]
    checked = read(write("\n".join(["klant;datum;bedrag;Status", *rows, "1;2026-10-01;3,50;Betaald"])))
    assert checked.recipe.statuses == {"Status": {"Betaald": "betaald"}}


# ── the next export ─────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("month", [made.SHOPIFY, made.LIGHTSPEED])
def test_the_same_export_is_read_alike_with_its_recipe_and_says_nothing_of_changes(write, month):
    path = write(month)
    first = read(path)
    second = read(path, again(first.recipe))
    assert second.rows() == first.rows()
    assert second.recipe == first.recipe
    assert not [note for note in second.quality.notes if "kon ook" in note or "Sinds" in note]


@pytest.mark.slow
def test_the_next_month_of_lines_is_read_by_the_recipe_where_alone_it_would_be_asked_about(write):
    recipe = again(read(write(made.SHOPIFY)).recipe)
    path = write(made.SHOPIFY_NEXT, "oktober.csv")
    with pytest.raises(Ambiguous, match=r"1\.234"):
        read(path)
    assert read(path, recipe).rows() == [("cees@mail.nl", dt.date(2026, 10, 3), 1.234)]


@pytest.mark.slow
def test_the_next_month_of_orders_keeps_decimals_and_the_order_of_dates(write):
    recipe = again(read(write(made.LIGHTSPEED)).recipe)
    path = write(made.LIGHTSPEED_NEXT, "oktober.csv")
    with pytest.raises(Ambiguous):
        read(path)
    with pytest.raises(Ambiguous):
        read(path, decimal="komma")
    assert read(path, recipe).rows() == [
        ("anna@mail.nl", dt.date(2026, 10, 3), 1000),
        ("cees@mail.nl", dt.date(2026, 10, 5), 2000),
    ]


@pytest.mark.slow
def test_what_a_small_month_does_not_show_stays_in_the_recipe(write):
    recipe = again(read(write(made.SHOPIFY)).recipe)
    after = read(write(made.SHOPIFY_NEXT, "oktober.csv"), recipe).recipe
    assert after == recipe


@pytest.mark.slow
def test_what_the_user_chose_holds_the_next_time(write):
    first = read(write(made.LIGHTSPEED), vat="incl", counted=("geannuleerd",))
    assert [row[2] for row in first.rows()] == [12.1]
    second = read(write(made.LIGHTSPEED_NEXT, "oktober.csv"), again(first.recipe))
    assert [row[2] for row in second.rows()] == [1210]


@pytest.mark.slow
def test_what_the_user_says_now_goes_before_the_recipe_and_is_kept(write):
    recipe = again(read(write(made.LIGHTSPEED), vat="incl").recipe)
    path = write(made.LIGHTSPEED_NEXT, "oktober.csv")
    checked = read(path, recipe, vat="excl", decimal="punt")
    assert [row[2] for row in checked.rows()] == [1, 2]
    assert (checked.recipe.reading.vat, checked.recipe.reading.usual.decimal) == ("excl", "punt")


@pytest.mark.slow
def test_a_recipe_says_what_a_status_means_that_we_do_not_know(write):
    path = write("klant;datum;bedrag;Status\nanna;2026-09-03;10,00;Bij Jan\nbram;2026-09-04;5,00;Betaald\n")
    first = read(path)
    assert first.recipe.statuses["Status"]["Bij Jan"] == "onbekend"
    text = as_text({"transacties": first.recipe}).replace('"onbekend"', '"geannuleerd"')
    recipe = from_text(text, ("transacties",), "recept.json")["transacties"]
    assert [row[0] for row in read(path, recipe).rows()] == ["bram"]


@pytest.mark.slow
def test_a_number_of_orders_found_by_its_values_is_a_column_of_the_recipe(write):
    rows = [f"{n // 2 + 101};k{n // 2};2026-09-{n // 2 + 1:02};{n + 1},50" for n in range(16)]
    first = read(write("\n".join(["Mandje;klant;datum;regelbedrag", *rows])))
    assert first.count() == 8
    small = write(
        "Mandje;klant;datum;regelbedrag\n119;k9;2026-10-01;1,50\n119;k9;2026-10-01;2,50\n", "klein.csv"
    )
    assert read(small).count() == 2
    assert read(small, again(first.recipe)).count() == 1


@pytest.mark.slow
def test_a_column_that_is_not_to_be_taken_is_not(write):
    path = write(made.SHOPIFY)
    checked = read(path, columns={"terugbetaald": "-"})
    assert "terugbetaald" not in dict(checked.quality.headers)
    assert checked.recipe.columns["terugbetaald"] == "-"
    assert "terugbetaald" not in dict(read(path, again(checked.recipe)).quality.headers)


@pytest.mark.slow
def test_a_sheet_that_the_user_named_is_read_again_and_forgotten_for_text(write, tmp_path):
    path = tmp_path / "boek.xlsx"
    with pd.ExcelWriter(path) as file:
        for sheet, header, amount in (("Orders", "bedrag", 10), ("Oud", "omzet", 20)):
            frame = pd.DataFrame({"klant": ["anna"], "datum": [dt.date(2026, 9, 3)], header: [amount]})
            frame.to_excel(file, sheet_name=sheet, index=False)
    recipe = again(
        read_table(
            path, TRANSACTIONS, today=made.TODAY, columns={"bedrag": "bedrag"}, sheets=["Orders"]
        ).recipe
    )
    assert recipe.sheets == ("Orders",)
    assert read(path, recipe).rows()[0][2] == 10
    assert read(write("klant;datum;bedrag\nanna;2026-09-03;30,00\n"), recipe).rows()[0][2] == 30


def test_a_file_without_headers_is_read_again_by_the_numbers_of_its_columns(write):
    path = write("anna;2026-09-03;10,50\nbram;2026-09-04;3,50\n")
    first = read(path, columns={"klant": "1", "datum": "2", "bedrag": "3"})
    assert read(path, again(first.recipe)).rows() == first.rows()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["parquet", "database"])
def test_a_typed_source_is_read_again_the_same_way(tmp_path, kind):
    row = "select 'anna' as klant, date '2026-09-03' as datum, 10.5 as bedrag, 'paid' as status"
    if kind == "parquet":
        path = tmp_path / "a.parquet"
        duckdb.sql(f"copy ({row}) to '{path}'")
    else:
        path = tmp_path / "a.duckdb"
        with duckdb.connect(str(path)) as con:
            con.execute(f"create table orders as {row}")
    first = read(path)
    assert first.recipe.kind == kind
    second = read(path, again(first.recipe))
    assert (second.rows(), second.recipe) == (first.rows(), first.recipe)


@pytest.mark.slow
def test_other_tables_than_transactions_have_recipes_too(write):
    first = read_table(write("Periode;Bron;Uitgaven\n03/2026;Ads;1.234,50\n"), COSTS, today=made.TODAY)
    assert first.recipe.columns == {"maand": "Periode", "kanaal": "Bron", "bedrag": "Uitgaven"}
    path = write("Periode;Bron;Uitgaven\n04/2026;Ads;1.234\n", "april.csv")
    with pytest.raises(Ambiguous):
        read_table(path, COSTS, today=made.TODAY)
    second = read_table(path, COSTS, today=made.TODAY, recipe=first.recipe)
    assert second.rows() == [(dt.date(2026, 4, 1), "Ads", 1234.0, None, None)]


# ── decimals and dates ──────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_the_data_go_before_the_recipe_where_they_decide(write):
    recipe = again(read(write(made.LIGHTSPEED)).recipe)
    text = made.LIGHTSPEED_NEXT.replace("03/10/2026", "10/23/2026").replace("€ 2.420;", "€ 2.420.50;")
    text = text.replace("€ 2.420.50", "€ 2,420.50").replace("€ 2.000", "€ 2,000.50")
    checked = read(write(text, "oktober.csv"), recipe)
    assert checked.rows()[0] == ("anna@mail.nl", dt.date(2026, 10, 23), 1)
    assert checked.rows()[1][1] == dt.date(2026, 5, 10)


@pytest.mark.slow
def test_a_column_that_contradicts_itself_is_asked_about_though_the_recipe_knows_an_order(write):
    recipe = again(read(write(made.LIGHTSPEED)).recipe)
    text = made.LIGHTSPEED_NEXT.replace("03/10/2026", "10/23/2026").replace("05/10/2026", "25/10/2026")
    with pytest.raises(Ambiguous, match="Deze kolom heeft datums"):
        read(write(text, "oktober.csv"), recipe)


@pytest.mark.slow
def test_an_answer_on_such_a_column_holds_for_the_next_one(write):
    text = made.LIGHTSPEED.replace("03/09/2026", "09/23/2026").replace("14/09/2026", "04/09/2026")
    with pytest.raises(Ambiguous):
        read(write(text))
    recipe = again(read(write(text), date_order="dmj").recipe)
    assert read(write(text, "oktober.csv"), recipe).last_day == dt.date(2026, 9, 23)


@given(st.lists(WRITTEN, min_size=1))
def test_columns_that_disagree_tell_no_sign(found):
    signs = {one.decimal for one in found if one.decimal}
    assert together(found).decimal == (signs.pop() if len(signs) == 1 else None)


@given(WRITTEN, WRITTEN)
def test_what_is_told_now_goes_before_what_was_told(now, before):
    assert since(now, before).date_order == (now.date_order or before.date_order)


@pytest.mark.slow
@given(RECIPES, RECIPES)
def test_a_word_of_a_status_is_never_forgotten(now, before):
    after = following(now, before)
    for one in (now, before):
        for header, words in one.statuses.items():
            assert words.keys() <= after.statuses[header].keys()


@pytest.mark.slow
def test_a_recipe_is_json_that_begins_with_its_version(write):
    found = json.loads(as_text({"transacties": read(write(made.LIGHTSPEED)).recipe}))
    assert [*found] == ["recept", "transacties"]
    assert found["recept"] == 1
