"""Each sentence with which a kernel refuses is declared once, is used, and gets exactly its fields."""

import ast
import importlib
import string
from enum import EnumType
from pathlib import Path

import pytest

import klantwaarde_xl
from klantwaarde_xl import errors
from klantwaarde_xl.refusals import forecasts
from klantwaarde_xl.refusals.models import Impossible
from klantwaarde_xl.refusals.refusal import Reason, Refusal

ROOT = Path(klantwaarde_xl.__file__).parent
PACKAGE = "klantwaarde_xl.refusals"
ROOMS = sorted(path.stem for path in (ROOT / "refusals").glob("*.py") if path.stem != "__init__")
TEXTS = {path: path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py"))}
SOURCES = {path: text for path, text in TEXTS.items() if PACKAGE in text or path.parent.name == "refusals"}
ERRORS = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, Exception)}


def declared(room):
    """What a room declares by name: sentences, words that stand in some, and functions that make one."""
    tree = ast.parse((ROOT / "refusals" / f"{room}.py").read_text(encoding="utf-8"))
    module = importlib.import_module(f"{PACKAGE}.{room}")
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, getattr(module, node.name)
        elif isinstance(node, ast.Assign):
            yield from ((at.id, getattr(module, at.id)) for at in node.targets if isinstance(at, ast.Name))


DECLARED = {(room, name): one for room in ROOMS for name, one in declared(room)}


def fields(one):
    """What has to be filled in."""
    text = f"{one.what} {one.remedy}"
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def meanings(tree, room=None):
    """What names in a source mean: (room, name), or a whole room as (room, None)."""
    found = {} if room is None else {name: (room, name) for name, _ in declared(room)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            found |= {alias.asname or alias.name: (alias.name, None) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PACKAGE}."):
            of = node.module.rpartition(".")[2]
            found |= {alias.asname or alias.name: (of, alias.name) for alias in node.names}
    return found


def uses(text, room=None):
    """Each use of something declared: (room, name), the member of an enumeration, and the call or None."""
    tree = ast.parse(text)
    known, calls = meanings(tree, room), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            calls[id(node.func)] = node
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            of, name = known[node.value.id]
            yield (of, name or node.attr), node.attr if name else None, calls.get(id(node))
        elif (
            isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and known.get(node.id, (0, None))[1]
        ):
            yield known[node.id], None, calls.get(id(node))


def wrong_uses(text, room=None):
    """The uses of sentences in a source that do not give exactly the fields, each in a word or two."""
    for at, _, call in uses(text, room):
        one = DECLARED.get(at)
        if not isinstance(one, (Refusal, Reason)):
            continue
        if call is None or call.args or {each.arg for each in call.keywords} != fields(one):
            yield f"{'.'.join(at)}: {ast.unparse(call) if call else 'not called'}"


def room_of(path):
    return path.stem if path.parent.name == "refusals" else None


def test_each_use_gives_exactly_the_fields_of_its_sentence():
    assert [said for path, text in SOURCES.items() for said in wrong_uses(text, room_of(path))] == []


@pytest.mark.parametrize(
    ("source", "is_right"),
    [
        ("refused.HORIZON()", True),
        ("refused.TOO_FEW_MONTHS(least=6)", True),
        ("refused.TOO_FEW_MONTHS()", False),
        ("refused.TOO_FEW_MONTHS(most=6)", False),
        ("refused.TOO_FEW_MONTHS(6)", False),
        ("refused.HORIZON(most=6)", False),
        ("why = refused.TOO_FEW_MONTHS", False),
    ],
)
def test_a_use_without_a_field_or_with_another_is_found(source, is_right):
    found = [*wrong_uses(f"from klantwaarde_xl.refusals import forecasts as refused\n{source}")]
    assert (found == []) is is_right


def test_everything_that_is_declared_is_used():
    used, members = set(), set()
    for path, text in SOURCES.items():
        for at, member, _ in uses(text, room_of(path)):
            used.add(at)
            members.add((*at, member))
    assert DECLARED.keys() - used == set()
    enums = {at: one for at, one in DECLARED.items() if isinstance(one, EnumType)}
    assert len(enums) >= 5
    assert [
        f"{at}.{one.name}" for at, kind in enums.items() for one in kind if (*at, one.name) not in members
    ] == []


def test_no_sentence_is_declared_twice():
    found = {}
    for declaration in DECLARED.values():
        one = declaration.refusal if isinstance(declaration, Impossible) else declaration
        if isinstance(one, (Refusal, Reason)):
            found.setdefault((getattr(one, "error", None), one.what, one.remedy), set()).add(id(one))
    assert len(found) > 130
    assert [key for key, ones in found.items() if len(ones) > 1] == []


def test_a_refusal_of_rows_names_only_its_problems():
    found = [one for one in DECLARED.values() if isinstance(one, Impossible)]
    assert found
    assert all(fields(one.refusal) == {"problems"} for one in found)


def test_a_kernel_has_no_errors_with_words_of_its_own():
    for path, text in TEXTS.items():
        if "kernels" in path.relative_to(ROOT).parts:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id not in ERRORS, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize(
    ("refusal", "given", "what", "remedy"),
    [
        (
            forecasts.HORIZON,
            {},
            "De horizon is niet groter dan nul.",
            "Vul in hoe ver u vooruit wilt kijken.",
        ),
        (Refusal(errors.OutOfRange, "{a:g} of {b}."), {"a": 2.0, "b": [5, 7]}, "2 of 5, 7.", ""),
    ],
)
def test_a_refusal_is_its_error_with_its_words(refusal, given, what, remedy):
    error = refusal(**given)
    assert type(error) is refusal.error
    assert (error.what, error.remedy) == (what, remedy)


def test_a_reason_is_told_when_it_is_asked_for():
    reason = Reason("Er zijn {n:.0f} klanten.", "Neem er {least}.")
    assert reason(n=2.0, least=3).text == "Er zijn 2 klanten. Neem er 3."
