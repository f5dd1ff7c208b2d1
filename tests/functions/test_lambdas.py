"""The functions as LAMBDAs in a workbook's names: what Excel takes, and the kernel's values in another engine."""

from __future__ import annotations

import math
import random
import re
from pathlib import Path

import pytest

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.formula import Function, Name, Node, children, parse
from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.functions.lambdas.writing import STORED, TYPED, TYPED_WITH_SEMICOLONS, write
from klantwaarde_xl.functions.registry import REGISTRY
from tests.functions.lambda_book import Calls
from tests.functions.purchase_log import log, questions

FEWEST = 90
LONGEST = 7900  # characters that Excel shows: 7,992 were taken, 8,192 refused
SPOILED = 3000
SEED = random.SystemRandom().randrange(10**6)
SPOILS = (
    None, "abc", "12", "  ", -1, 0, 0.5, 1, 3, 1e6, -0.25, 1e-9, True, False, CellError.NA, CellError.DIV0,
)  # fmt: skip
# Newer than the file format: Excel knows them in a file by their prefix only
_NEW = re.compile(
    r"(?<![\w.])(LAMBDA|LET|ISOMITTED|MAP|SCAN|REDUCE|BYROW|SEQUENCE|TOCOL|VSTACK|HSTACK|TAKE|DROP|CHOOSEROWS|"
    r"XMATCH|FILTER|SORT|UNIQUE|SWITCH|IFS)\("
)


def _beyond() -> frozenset[str]:
    """The functions that say themselves that they hold in a part of their range."""
    return frozenset(one.name for one in lambdas().values() if one.is_partial)


def test_there_are_as_many_as_promised() -> None:
    assert len(lambdas()) >= FEWEST
    wanted = {"KANSACTIEF", "VERWACHTEAANKOPEN", "NIEUWEKLANTAANKOPEN", "VERWACHTEBESTEDING", "NPS_INTERVAL"}
    wanted |= {"KANSAANTALAANKOPEN", "NIEUWEKLANTKANS"}
    wanted |= {"RFM", "COHORTTABEL", "RETENTIECURVE", "KLANTSTROOM", "ABCKLASSEN"}
    assert wanted | {spec.name for spec in REGISTRY if spec.native} <= set(lambdas())


@pytest.mark.parametrize("name", list(lambdas()))
def test_a_stored_form_is_one_that_excel_takes(name: str) -> None:
    one = lambdas()[name]
    text = re.sub(r'"(?:[^"]|"")*"', '""', one.stored)
    assert text.startswith("_xlfn.LAMBDA(")  # and no equals sign
    assert not _NEW.search(text)
    assert "[" not in text  # an optional parameter is `_xlop.`, in brackets Excel removes the name
    assert len(one.text(TYPED)) <= LONGEST
    assert 0 < len(one.comment) <= 255
    head = text[len("_xlfn.LAMBDA(") :].split(",")[: len(one.parameters)]
    assert head == [("_xlop." if optional else "_xlpm.") + x for x, optional in one.parameters.items()]
    assert text.count("_xlop.") == sum(one.parameters.values())  # in the list only
    for local in set(re.findall(r"_xl[op][pm]\.(\w+)", text)):
        assert not re.fullmatch(r"(?i)[a-z]{1,3}\d+|[rckzl]|r\d*c\d*|true|false|waar|onwaar", local), local
    depth = 0
    for mark in text:
        depth += (mark == "(") - (mark == ")")
        assert depth >= 0
    assert depth == 0


def test_required_parameters_come_first() -> None:
    for one in lambdas().values():
        assert list(one.parameters.values()) == sorted(one.parameters.values()), one.name


@pytest.mark.slow
def test_examples_and_failures_are_the_kernels(tmp_path: Path) -> None:
    calls = Calls(tmp_path / "voorbeelden.xlsx")
    for name in lambdas():
        for one in (*REGISTRY[name].examples, *REGISTRY[name].failures):
            calls.add(name, one.args)
    assert not calls.different()


@pytest.mark.slow
def test_spoiled_calls_are_the_kernels(tmp_path: Path) -> None:
    draw = random.Random(SEED)
    calls = Calls(tmp_path / "bedorven.xlsx")
    examples = [(name, one) for name in lambdas() for one in REGISTRY[name].examples if one.args]
    for _ in range(SPOILED):
        name, example = draw.choice(examples)
        args = list(example.args)
        at = draw.randrange(len(args))
        value = args[at]
        if not isinstance(value, tuple):
            args[at] = draw.choice(SPOILS)
        elif not isinstance(value[0], tuple):
            column = list(value)
            column[draw.randrange(len(column))] = draw.choice(SPOILS)
            args[at] = tuple(column)
        calls.add(name, tuple(args), blank_is_cell=True)
    off = calls.different(or_not_available=_beyond())
    assert not off, f"seed {SEED}: {off[:5]}"


@pytest.mark.slow
def test_each_row_of_a_column_has_its_own_error(tmp_path: Path) -> None:
    """Two columns and a single value: a spoiled cell costs its own row, whatever else stands there."""
    calls = Calls(tmp_path / "kolommen.xlsx")
    money = (120.0, "x", None, CellError.NA, -5.0, "7", True)
    kept = (0.8, 0.5, 0.9, 0.4, 2.0, "", CellError.DIV0)
    for name, args in {
        "CLV": (money, kept, 0.1),
        "KLANTWAARDE": (money, 2.0, 10.0, kept),
        "BLIJFKANS": ((0, 1, 2, "x", None, 3.5, 7), 0.7, 1.3),
        "RFMSEGMENT": ((1, 5, 3, 6, "", 2.5, CellError.NA), 3, (1, 2, 3, 4, 5, 5, 5)),
        "KANSACTIEF": ((0, 1, 2, -1, None, 5, "x"), (0, 3, 8, 1, 1, 30, 2), 30.0, 0.24, 4.4, 0.8, 2.4),
    }.items():
        calls.add(name, args, blank_is_cell=True)
    calls.add("AOV", (((10.0, 20.0, 30.0),), ((1.0,), (2.0,))))  # a row against a column: every pair
    assert not calls.different()


@pytest.mark.slow
def test_columns_may_have_headers_and_blanks(tmp_path: Path) -> None:
    calls = Calls(tmp_path / "koppen.xlsx")
    for scores in (
        ("score", 10, 9, None, 3, None),
        (None, "Hoe waarschijnlijk is het?", 10, 9, 3),
        ("NA", 10, 9, 3),
        ("5x", 10, 9),
        ("score",),
        ("score", None),
        (None, None),
        (("eerste", "tweede"), (9, 10), (None, 3)),
        (("eerste", 8), (9, 10), (None, 3)),
        ((9, 10, 3),),
    ):
        calls.add("NPS", (scores,))
        calls.add("GINICOEFFICIENT", (scores,))
    calls.add(
        "CACPERKANAAL",
        (("kanaal", "web", None, "Web", "web "), ("kosten", 5, None, 6, 7), ("nieuw", 1, None, 2, 3)),
    )
    calls.add("CACPERKANAAL", (("web", None), (5, 6), (1, 2)))
    calls.add("OMZETBRUG", (("begin", 10, 20), ("eind", 10, 0)))
    calls.add("TOTALE_KLOOF", (("verwacht", 8, 9), ("ervaren", 7, 9), ("gewicht", 1, 3)))
    calls.add("KWALITEITSVERHOUDING", (("wij", 8, 9, None), ("zij", 7, 6, None)))
    assert not calls.different()


@pytest.mark.slow
def test_a_column_of_a_thousand(tmp_path: Path) -> None:
    draw = random.Random(3)
    calls = Calls(tmp_path / "duizend.xlsx")
    customers = tuple(f"K{draw.randrange(300)}" for _ in range(1000))
    calls.add("HERHAALAANKOOP", (customers, tuple(45000 + draw.randrange(700) for _ in customers), None, 90))
    calls.add("OMZETVERDELING", (customers, tuple(draw.randrange(1, 9999) / 100 for _ in customers)))
    calls.add("PARETOAANDEEL", (tuple(draw.paretovariate(1.2) for _ in range(1000)),))
    calls.add("RFMSCORE", (tuple(draw.randrange(40) for _ in range(1000)),))
    assert not calls.different()


@pytest.mark.slow
def test_a_log_of_purchases_gives_the_kernels_tables(tmp_path: Path) -> None:
    calls = Calls(tmp_path / "aankopen.xlsx")
    for name, args in questions(200):
        calls.add(name, args)
    assert not calls.different()


@pytest.mark.slow
def test_a_log_too_long_for_a_formula_says_so(tmp_path: Path) -> None:
    calls = Calls(tmp_path / "lang.xlsx")
    customers, days, _ = log(1001)
    calls.add("AANKOPENPERKLANT", (customers, days))
    assert "#N/A and not" in calls.different()[0]


@pytest.mark.parametrize("name", list(lambdas()))
def test_a_let_gives_each_name_once(name: str) -> None:
    """Excel refuses a second one in the same LET, and then the whole name."""

    def check(node: Node) -> None:
        if isinstance(node, Function) and node.name == "LET":
            names = [one.name for one in node.args[:-1:2] if isinstance(one, Name)]
            assert len(set(names)) == len(names)
        for one in children(node):
            check(one)

    check(parse(lambdas()[name].body))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("NIEUWEKLANTAANKOPEN", (t, r, alpha, a, b, model))
        for t in (0.5, 6, 40)
        for r, alpha, a, b in (
            (0.24, 4.4, 0.8, 2.4),
            (3.0, 30.0, 1.0, 5.0),
            (0.01, 20, 30, 1e4),
            (8, 12, 0.2, 0.4),
        )
        for model in (0, 1, 2)
    ],
)
def test_a_sum_is_the_kernels_or_says_nothing(tmp_path: Path, name: str, args: tuple[float, ...]) -> None:
    calls = Calls(tmp_path / "sommen.xlsx", [lambdas()[name]])
    calls.add(name, args)
    assert not calls.different(or_not_available=_beyond())


@pytest.mark.slow
def test_who_is_still_a_customer_is_the_kernels_where_one_parameter_is_small(tmp_path: Path) -> None:
    """The Pareto/NBD's beta is then passed in the first moment of a long time."""
    calls = Calls(tmp_path / "kansen.xlsx", [lambdas()["KANSACTIEF"]])
    for beta in (2.0, 0.1, 1e-3):
        for alpha in (1e-3, 12.0, 1e4):
            for history in ((0, 0, 12.5), (3, 2.0, 400.0), (40, 11.0, 11.0)):
                calls.add("KANSACTIEF", (*history, 0.45, alpha, 0.06, beta, "pareto/nbd"))
    assert not calls.different()


@pytest.mark.slow
def test_the_chance_of_a_number_of_purchases_is_the_kernels_or_says_nothing(tmp_path: Path) -> None:
    draw = random.Random(SEED)
    calls = Calls(
        tmp_path / "aantallen.xlsx", [lambdas()["KANSAANTALAANKOPEN"], lambdas()["NIEUWEKLANTKANS"]]
    )
    for _ in range(400):
        parameters = [math.exp(draw.uniform(-3, 3.5)) for _ in range(4)]
        model, counted, count = draw.randrange(4), draw.randrange(3), draw.choice((0, 1, 2, 3, 8, 30, 120))
        bought, age, horizon = draw.choice((0, 1, 2, 12, 40)), draw.uniform(1, 200), draw.uniform(0, 200)
        if model == 3:  # opportunities
            age, horizon = bought + draw.randrange(1, 20), draw.choice((0, 1, 6, 30))
        last = 0 if bought == 0 else draw.randint(bought, int(age)) if model == 3 else age * draw.random()
        calls.add("KANSAANTALAANKOPEN", (count, bought, last, age, horizon, *parameters, model, counted))
        calls.add("NIEUWEKLANTKANS", (count, horizon, *parameters, model, counted))
    off = calls.different(or_not_available=_beyond())
    assert not off, f"seed {SEED}: {off[:5]}"


def test_the_text_to_paste_is_the_one_that_is_stored() -> None:
    assert write("x+IF(ISOMITTED(y),1,y)", {"x": False, "y": True}, STORED) == (
        "_xlfn.LAMBDA(_xlpm.x,_xlop.y,_xlpm.x+IF(_xlfn.ISOMITTED(_xlpm.y),1,_xlpm.y))"
    )
    assert write("x+0.5", {"x": False}, TYPED) == "LAMBDA(x,x+0.5)"
    assert (
        write('IF(x="a,b",#N/A,1.5)', {"x": False}, TYPED_WITH_SEMICOLONS) == 'LAMBDA(x;IF(x="a,b";#N/A;1,5))'
    )
