"""The registry's completeness: every function has what every host needs of it."""

import ast
import importlib
import inspect
import itertools
import pkgutil
import subprocess
import sys
from enum import IntEnum

import pytest

from klantwaarde_xl.errors import CellError, SpecError, UsageError
from klantwaarde_xl.functions import declared
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import FILES, REGISTRY, Registry
from klantwaarde_xl.functions.reserved import RESERVED_NAMES
from klantwaarde_xl.functions.spec import Arg, Choice, Example, Kind, Spec, choices
from tests.cases import EXAMPLES, FAILURES, by_function, same


@pytest.mark.parametrize("cases", by_function(EXAMPLES))
def test_every_example_gives_its_result(cases):
    for spec, example in cases:
        assert same(call(spec, example.args), example.result, example.close)


@pytest.mark.parametrize("cases", by_function(FAILURES))
def test_every_failure_gives_its_error_and_a_reason(cases):
    for spec, failure in cases:
        assert call(spec, failure.args) is failure.error
        assert failure.when in spec.explain(failure.error)


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.name)
def test_every_function_is_documented(spec):
    assert spec.sources
    assert spec.unit
    assert len(spec.examples) >= 2
    assert spec.kernel.__doc__
    assert spec.failures
    assert any(failure.error is CellError.VALUE for failure in spec.failures)


def test_the_twelve_functions_of_the_skeleton_are_there():
    value = "KLANTWAARDE KLDW CLV CLVHISTORISCH AOV AANKOOPFREQUENTIE"
    others = "CAC TERUGVERDIENTIJD RETENTIE VERLOOP NPS RFM"
    assert {*value.split(), *others.split()} <= {spec.name for spec in REGISTRY}


def test_reserved_names_hold_english_and_dutch_names():
    assert {"SUM", "SOM", "XLOOKUP", "X.ZOEKEN", "RATE", "RENTE", "VLOOKUP", "VERT.ZOEKEN"} <= RESERVED_NAMES


def _kernel(amount, rate=0.0):
    return amount


def _spec(**changes):
    good = {
        "name": "PROEF",
        "kernel": _kernel,
        "group": "Waarde",
        "doc": "Proef.",
        "unit": "euro",
        "sources": ("D1",),
        "args": (Arg("bedrag", "amount", "Bedrag."), Arg("rente", "rate", "Rente.")),
        "examples": (Example((1,), 1.0),),
    }
    return Spec(**{**good, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "SOM"},
        {"name": "SUM"},
        {"name": "CLV1"},
        {"name": "R1C1"},
        {"name": "KW.NPS"},
        {"name": "AB"},
        {"name": "klantwaarde"},
        {"doc": "x" * 256},
        {"doc": ""},
        {"examples": ()},
        {"examples": (Example((1, 2, 3), 1.0),)},
        {"args": (Arg("bedrag", "amount", "Bedrag."),)},
        {"args": (Arg("bedrag", "rate", "Bedrag."), Arg("rente", "amount", "Rente."))},
        {"args": (Arg("bedrag", "amount", "B" * 256), Arg("rente", "rate", "Rente."))},
        {"args": (Arg("bedrag", "amount", "Bedrag."), Arg("bedrag", "rate", "Rente."))},
        {"args": (Arg("next", "amount", "Bedrag."), Arg("rente", "rate", "Rente."))},
        {"args": (Arg("bedrag", "amount", "Bedrag.", kind=Kind.CHOICE), Arg("rente", "rate", "Rente."))},
        {"args": (Arg("b" * 250, "amount", "Bedrag."), Arg("rente", "rate", "Rente."))},
    ],
    ids=str,
)
def test_a_declaration_that_a_host_would_punish_is_refused(changes):
    _spec()
    with pytest.raises(SpecError):
        _spec(**changes)


def test_two_functions_of_one_name_are_refused():
    with pytest.raises(SpecError):
        Registry([_spec(), _spec()])


def test_an_unknown_function_says_how_to_find_the_known_ones():
    with pytest.raises(UsageError, match="BESTAATNIET") as raised:
        REGISTRY["BESTAATNIET"]
    assert raised.value.remedy == "`klantwaarde functies` toont alle functies."


@pytest.mark.parametrize(("mistyped", "meant"), [("CVL", "CLV"), ("AOW", "AOV"), ("NSP", "NPS")])
def test_a_short_name_with_one_letter_astray_is_recognised(mistyped: str, meant: str):
    with pytest.raises(UsageError) as raised:
        REGISTRY[mistyped]
    assert meant in raised.value.remedy


def test_a_name_mistyped_brings_the_functions_that_look_like_it():
    with pytest.raises(UsageError) as raised:
        REGISTRY["klantwarde"]
    assert raised.value.remedy.startswith("Bedoelde u KLANTWAARDE of ")


@pytest.mark.parametrize("name", ["clv", "CLV", "Clv"])
def test_a_name_is_found_in_capitals_and_without(name):
    assert name in REGISTRY
    assert REGISTRY[name].name == "CLV"


@pytest.mark.parametrize("name", ["clvv", "", None, 3])
def test_what_is_no_name_of_a_function_is_not_in_the_registry(name):
    assert name not in REGISTRY


# ── one place for each fact ─────────────────────────────────────────────────────────────────


def test_no_file_with_a_declaration_is_forgotten_in_the_order():
    holding = {
        name.removeprefix(declared.__name__ + ".")
        for _, name, _ in pkgutil.walk_packages(declared.__path__, declared.__name__ + ".")
        if any(
            isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Spec"
            for node in ast.walk(ast.parse(inspect.getsource(importlib.import_module(name))))
        )
    }
    assert sorted(" ".join(FILES).split()) == sorted(holding)


def test_the_twelve_groups_follow_each_other():
    groups = [spec.group for spec in REGISTRY]
    assert [name for name, _ in itertools.groupby(groups)] == list(REGISTRY.groups())
    assert len(FILES) == len(REGISTRY.groups())


class Colour(IntEnum):
    RED = 3
    BLUE = 1


def test_choices_take_their_codes_from_the_enumeration():
    made = choices(Colour, BLUE=("blauw", "koel"), RED=("rood", "warm"))
    assert made == (Choice("blauw", 1, "koel"), Choice("rood", 3, "warm"))


@pytest.mark.parametrize(
    "named", [{"RED": ("rood", "")}, {"RED": ("", ""), "BLUE": ("", ""), "GREEN": ("", "")}]
)
def test_choices_that_are_not_those_of_the_enumeration_are_refused(named):
    with pytest.raises(SpecError, match=r"BLUE|GREEN"):
        choices(Colour, **named)


def test_no_declaration_writes_the_code_of_a_choice_itself():
    for _, name, _ in pkgutil.walk_packages(declared.__path__, declared.__name__ + "."):
        source = inspect.getsource(importlib.import_module(name))
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        assert not [call.lineno for call in calls if getattr(call.func, "id", "") == "Choice"], name


@pytest.mark.parametrize(
    ("spec", "arg"),
    [(spec, arg) for spec in REGISTRY for arg in spec.args if arg.choices and spec.is_optional(arg)],
    ids=lambda one: one.name,
)
def test_the_choice_that_is_called_standard_is_the_default(spec, arg):
    called = [choice.code for choice in arg.choices if "standaard" in choice.doc]
    assert called in ([], [spec.defaults[arg.name]])


def test_a_signature_shows_optional_arguments_in_brackets():
    assert REGISTRY["RETENTIE"].signature() == "RETENTIE(begin; eind; [nieuw])"


@pytest.mark.parametrize("module", ["klantwaarde_xl", "klantwaarde_xl.functions.registry"])
def test_cold_start_imports_nothing_heavy(module):
    code = f"import {module}, sys; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"xlwings", "pandas", "duckdb", "scipy", "openpyxl", "lxml", "xlsxwriter"} & set(loaded)
