"""Whole columns with their headers, in every range argument of every function."""

import datetime as dt

import pytest

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.adapter.cells import is_word
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import Kind
from tests.cases import EXAMPLES, by_function, same

BLANKS = 3


def rows_of(cells):
    return [list(row) if isinstance(row, tuple) else [row] for row in cells]


def has_header(cells):
    """Whether an example names its columns itself, for a function that shows the names."""
    head, *data = rows_of(cells)
    words = [isinstance(cell, str) for row in data for cell in row]
    return all(isinstance(one, str) for one in head) and bool(words) and not any(words)


TAKING_RANGES = [
    case
    for case in EXAMPLES
    if any(arg.kind.is_range and arg.kind is not Kind.CELLS for arg in case.values[0].args)
]
RANGES = [
    pytest.param(case.values[0], case.values[1], place, id=f"{case.id}-{case.values[0].args[place].name}")
    for case in TAKING_RANGES
    for place, cell in enumerate(case.values[1].args)
    if isinstance(cell, tuple)
]
OF_FIGURES = [case for case in RANGES if case.values[0].args[case.values[2]].kind is not Kind.KEYS]
JOINED = [
    case
    for case in RANGES
    for spec, example, place in [case.values]
    if spec.args[place].kind not in (Kind.NUMBERS, Kind.KEYS)
    and not spec.args[place].dated
    and not has_header(example.args[place])
    and any(
        other.kind not in (Kind.NUMBERS, Kind.KEYS) and len(cell) == len(example.args[place])
        for other, cell in zip(spec.args, example.args, strict=False)
        if isinstance(cell, tuple) and other is not spec.args[place]
    )
]


def whole_column(cells, header="kopje"):
    """A range as a whole column gives it: the header on top, blanks to the end of the sheet."""
    rows = rows_of(cells)
    wide = len(rows[0])
    above = [] if has_header(cells) else [[f"{header} {n}" for n in range(wide)]]
    return [*above, *rows, *[[None] * wide for _ in range(BLANKS)]]


@pytest.mark.parametrize("cases", by_function(TAKING_RANGES))
def test_whole_columns_with_headers_give_what_the_cells_themselves_give(cases):
    """However long what stands in each is: in a sheet all columns end on the same row."""
    for spec, example in cases:
        args = [whole_column(cell) if isinstance(cell, tuple) else cell for cell in example.args]
        ranges = [arg for arg, cell in zip(args, example.args, strict=True) if isinstance(cell, tuple)]
        lowest = max(map(len, ranges), default=0)
        for rows in ranges:
            rows += [[None] * len(rows[0])] * (lowest - len(rows))
        assert same(call(spec, args), call(spec, example.args))
        for rows in ranges:  # as Calc hands them over
            del rows[lowest - BLANKS :]
        assert same(call(spec, args), call(spec, example.args))


@pytest.mark.parametrize("cases", by_function(TAKING_RANGES))
def test_a_header_lower_down_is_found_under_blank_rows(cases):
    for spec, example in cases:
        args = [
            [[None] * len(rows_of(cell)[0])] * 2 + whole_column(cell) if isinstance(cell, tuple) else cell
            for cell in example.args
        ]
        assert same(call(spec, args), call(spec, example.args))


@pytest.mark.parametrize("cases", by_function(OF_FIGURES))
def test_text_below_the_first_row_is_an_error_and_no_header(cases):
    for spec, example, place in cases:
        rows = rows_of(example.args[place])
        rows[-1][0] = "NA"
        args = [rows if i == place else cell for i, cell in enumerate(example.args)]
        assert call(spec, args) is CellError.VALUE


@pytest.mark.parametrize("cases", by_function(JOINED))
def test_a_word_above_one_of_the_columns_of_figures_drops_no_row_of_the_others(cases):
    """Rows that belong together: the first is a header whole, or it is data with a mistake."""
    for spec, example, place in cases:
        rows = rows_of(example.args[place])
        rows[0][0] = "kopje"
        assert (
            call(spec, [rows if i == place else cell for i, cell in enumerate(example.args)])
            is CellError.VALUE
        )


# ── what is a header ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    ["score", "Hoe waarschijnlijk is het dat u ons aanbeveelt?", "1. Aanbeveling", "NPS-score (0-10)", "n",
     "€ omzet", "omzet 2024", "euro", "Totaal, incl. btw", "kleur"],
)  # fmt: skip
def test_a_name_of_a_column_is_a_word(text):
    assert is_word(text)


@pytest.mark.parametrize(
    "cell",
    ["", "  ", None, 9, 9.0, "9", "€ 12,50", "1.234", "01/02/2024", "31-12-2024", "3 maart 2024", "5x", "12 EUR",
     "EUR 1.234", "#N/A", "#N/B", CellError.NA, "NA", "n.v.t.", "N/A", "?", "-", "weet niet", dt.date(2024, 1, 1)],
)  # fmt: skip
def test_what_is_data_or_a_missing_answer_is_no_name_of_a_column(cell):
    assert not is_word(cell)


@pytest.mark.parametrize("name", ["NPS", "CSAT", "GINICOEFFICIENT", "PARETOAANDEEL", "TOPAANDEEL"])
def test_a_missing_answer_on_top_is_not_taken_for_a_header(name):
    assert call(REGISTRY[name], [[["NA"], [4], [5], [5]]]) is CellError.VALUE


def test_several_columns_of_answers_have_a_header_each():
    block = [["winkel", "web"], [9, 10], [3, None], [None, None]]
    assert call(REGISTRY["NPS"], [block]) == pytest.approx(100 / 3)


def test_a_number_above_one_column_of_answers_makes_the_word_above_the_other_a_mistake():
    assert call(REGISTRY["NPS"], [[["winkel", 8], [9, 10]]]) is CellError.VALUE


def test_a_range_on_its_side_may_start_with_its_name():
    assert call(REGISTRY["NPS"], [[["score", 9, 10, 3, None]]]) == pytest.approx(100 / 3)


def test_a_header_without_data_is_no_answer_and_a_word_by_itself_a_mistake():
    assert call(REGISTRY["NPS"], [[["score"], [None]]]) is CellError.DIV0
    assert call(REGISTRY["NPS"], [[["goed"]]]) is CellError.VALUE


RFM = REGISTRY["RFM"]
NAMES = ["A", "B", "C", "D", "E"]
DAYS = [dt.date(2024, 1, day + 1) for day in range(5)]
MONEY = [10.0, 20.0, 30.0, 40.0, 50.0]


@pytest.mark.parametrize(
    "first",
    [
        ("klant", "datum", 12.0),
        ("klant", "01-02-2024", "bedrag"),
        ("klant", "01/02/2024", "bedrag"),
        ("klant", "datum", "12,50"),
        ("klant", "datum", "1.250"),
        ("klant", "datum", None),
        (17.0, "datum", "bedrag"),
        ("klant", "datum", "#N/A"),
    ],
    ids=str,
)
def test_a_first_row_with_something_else_than_words_is_no_header(first):
    columns = [[one, *column] for one, column in zip(first, (NAMES, DAYS, MONEY), strict=True)]
    assert isinstance(call(RFM, columns), CellError)


def test_the_names_of_segments_have_a_header_when_the_block_beside_them_has():
    steps = [["blijft", "vertrekt"], [0.8, 0.2], [0.1, 0.9], [None, None]]
    sizes, names = ["aantal", 100, 10, None], ["segment", "trouw", "weg", None]
    bare = call(REGISTRY["SEGMENTOMVANG"], [steps[1:3], sizes[1:3], 2, None, names[1:3]])
    assert not isinstance(bare, CellError)
    assert call(REGISTRY["SEGMENTOMVANG"], [steps, sizes, 2, None, names]) == bare


def test_rows_of_blocks_stay_beside_each_other():
    """Trimmed one by one, the last score would get the first weight."""
    assert (
        call(REGISTRY["KWALITEITSVERHOUDING"], [[8, 7, None], [7, 7, None], [None, 1, 2]]) is CellError.VALUE
    )


# ── FOUTCEL ─────────────────────────────────────────────────────────────────────────────────

FOUTCEL = REGISTRY["FOUTCEL"]


def test_the_first_wrong_cell_of_a_whole_column_is_named_by_the_row_of_the_sheet():
    column = [["score"], *[[9]] * 12, ["NA"], [8], ["x"], *[[None]] * 50]
    assert call(FOUTCEL, [column]) == 'rij 14 van het bereik: "NA" is geen getal'


def test_in_a_block_the_column_is_named_too():
    block = [["a", "b"], [1, 2], [3, "onbekend"]]
    assert call(FOUTCEL, [block]) == 'rij 3, kolom 2 van het bereik: "onbekend" is geen getal'


def test_what_can_be_read_in_two_ways_is_said():
    assert (
        call(FOUTCEL, [[1, "1.234"]])
        == 'rij 2 van het bereik: "1.234" is geen getal, of is op twee manieren te lezen'
    )


def test_a_day_that_is_no_date_and_a_day_before_1900_are_named():
    assert call(FOUTCEL, [[45000, 20240115], "datum"]) == "rij 2 van het bereik: 20.240.115 is geen datum"
    assert call(FOUTCEL, [[45000, 0], "datum"]) == "rij 2 van het bereik: 0 ligt voor 1900"


@pytest.mark.parametrize("error", list(CellError))
def test_an_error_in_a_cell_is_named_as_its_user_sees_it(error):
    assert call(FOUTCEL, [[9, error]]) == f"rij 2 van het bereik: in de cel staat zelf de fout {error.dutch}"


def test_a_blank_row_is_named_only_when_it_is_a_mistake():
    column = [["bedrag"], [1], [None], [2], [None]]
    assert call(FOUTCEL, [column]) == "geen fout gevonden"
    assert call(FOUTCEL, [column, "getal", "fout"]) == "rij 3 van het bereik is leeg"


def test_a_range_without_data_is_called_so():
    assert call(FOUTCEL, [[[None], [""]]]) == "het bereik is leeg"


@pytest.mark.parametrize("cases", by_function(RANGES))
def test_no_example_that_gives_a_result_has_a_wrong_cell(cases):
    """What FOUTCEL blames, a function refuses; what a function reads, FOUTCEL lets pass."""
    for spec, example, place in cases:
        kind = {Kind.DATES: "datum", Kind.KEYS: "naam"}.get(spec.args[place].kind, "getal")
        said = call(FOUTCEL, [example.args[place], kind])
        assert said in ("geen fout gevonden", "het bereik is leeg")


# ── what stands above a block ───────────────────────────────────────────────────────────────

_ASPECTS = [[5, 3], [4, 4], [2, 3], [5, 1], [1, 2]]


def _named(block):
    table = call(REGISTRY["NPS_DRIJFVEREN"], [block, [[9], [8], [3], [10], [2]]])
    return {row[0] for row in table[1:]}


def test_the_columns_of_a_block_are_called_by_its_header():
    assert _named([["levering", " prijs "], *_ASPECTS]) == {"levering", "prijs"}


def test_the_columns_of_a_block_without_a_header_are_called_by_their_place():
    assert _named(_ASPECTS) == {"kolom 1", "kolom 2"}


def test_days_and_their_limits_are_named_as_days_also_where_cells_hold_their_numbers():
    spec = REGISTRY["FOUTCEL"]
    assert call(spec, [[45_000, 410_000], "datum", None, None, 46_022]) == (
        "rij 2 van het bereik: 16-7-3022 ligt na 31-12-2025"
    )
    assert call(spec, [["1-1-2024", 30_000], "datum", None, dt.date(2000, 1, 1)]) == (
        "rij 2 van het bereik: 18-2-1982 ligt voor 1-1-2000"
    )
    assert call(spec, [["31-12-1999"], "datum", None, 36_526]) == (
        'rij 1 van het bereik: "31-12-1999" ligt voor 1-1-2000'
    )


def test_a_blank_limit_of_a_group_is_none():
    spec = REGISTRY["BUDGETVERDELING"]
    head = ["kanaal", "uit", "op", "vloer", "plafond"]
    columns = [["a", "b", "c"], [500, 300, 200], [900, 800, 100], [None, None, 150], ["", 320, None]]
    filled = [*columns[:3], [0, 0, 150], [1e9, 320, 1e9]]
    whole = [[name, *column, None, None] for name, column in zip(head, columns, strict=True)]
    assert call(spec, [*whole[:3], None, *whole[3:]]) == call(spec, [*filled[:3], None, *filled[3:]])
    bare = call(spec, [*columns[:3], None, [None] * 3, [None] * 3])
    assert bare == call(spec, columns[:3])
