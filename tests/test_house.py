"""The shape of the house: which room may look into which, and how large a room may be."""

import ast
import graphlib
import re
from collections import Counter
from pathlib import Path

import pytest

import klantwaarde_xl

ROOT = Path(klantwaarde_xl.__file__).parent
TEXTS = {path: path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py"))}

# Each room and the rooms it may import from, and what all may use.
COMMON = {
    "errors",
    "dutch",
    "addresses",
    "clock",
    "formula",
    "leftovers",
    "typed_words",
    "month_names",
    "limits",
    "threads",
    "klantwaarde_xl",
}
ROOMS = {
    "errors": set(),
    "dutch": set(),
    "clock": set(),
    "addresses": set(),
    "formula": set(),
    "leftovers": set(),
    "typed_words": set(),
    "month_names": set(),
    "threads": set(),
    "limits": set(),
    "refusals": {"refusals"},
    "kernels": {"kernels", "refusals"},
    "wording": {"wording", "kernels", "refusals"},
    "reports": {"reports", "wording", "kernels", "refusals"},
    "functions": {"functions", "reports", "wording", "kernels"},
    "data": {"data", "wording", "kernels", "refusals"},
    "xlsx": {"xlsx"},
    "plan": {"plan", "xlsx"},
    "workbook": {"workbook", "plan", "xlsx", "data", "functions", "wording", "kernels"},
    "hosts": {"hosts", "workbook", "plan", "xlsx", "functions", "kernels"},
    "cli": {"cli", "data", "plan", "workbook", "xlsx", "functions", "hosts"},
    "__main__": {"cli"},
    "front_door": {"data", "plan", "xlsx", "workbook"},
    "models": {"kernels", "refusals"},
    "__init__": {"front_door", "models", "data", "functions", "workbook"},
}
OUTSIDE_KERNELS = {"numpy", "scipy"}


def room_of(path):
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imports(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def reached(text):
    """What a file imports, of rooms as well as from them."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.fixture(scope="module")
def imported():
    """What each file imports."""
    return {path: [*imports(text)] for path, text in TEXTS.items()}


@pytest.mark.slow
def test_a_room_looks_only_into_rooms_below_it(imported):
    for path, names in imported.items():
        allowed = ROOMS[room_of(path)] | COMMON
        for name in names:
            if name.split(".")[0] == "klantwaarde_xl":
                target = name.split(".")[1] if "." in name else "klantwaarde_xl"
                assert target in allowed, f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("room", ["refusals", "kernels", "wording", "reports", "functions"])
def test_kernels_and_functions_can_run_in_a_browser(imported, room):
    known = {"klantwaarde_xl", "__future__", *OUTSIDE_KERNELS}
    for path in (ROOT / room).rglob("*.py"):
        for name in imported[path]:
            top = name.split(".")[0]
            assert top in known or top in __import__("sys").stdlib_module_names, f"{path.name} imports {name}"


@pytest.mark.slow
def test_a_file_has_one_job_and_says_which():
    for path, text in TEXTS.items():
        assert text.count("\n") <= 400, path
        assert ast.get_docstring(ast.parse(text)), path
        assert not {"utils", "helpers", "manager", "misc", "common"} & {path.stem}, path


class Renamed(ast.NodeTransformer):
    """A function with its own names numbered, so that twins are the same under other names."""

    def __init__(self):
        self.names = {}

    def visit_Name(self, node):
        node.id = self.names.setdefault(node.id, f"name {len(self.names)}")
        return node


def shape(function):
    """What a function does, whatever its names are called; without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return ast.dump(Renamed().visit(ast.Module(body, [])))


@pytest.mark.slow
def test_no_two_functions_are_twins():
    """But for those of a line or two. What LibreOffice's own Python runs stands alone, and may."""
    found = {}
    for path, text in TEXTS.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and "component" not in path.parts:
                found.setdefault(shape(node), []).append(f"{path.relative_to(ROOT)}:{node.name}")
    assert len(found) > 4000
    assert [names for text, names in found.items() if len(names) > 1 and len(text) > 600] == []


def test_nothing_imports_the_statistics_of_scipy_which_takes_a_second(imported):
    for path, text in TEXTS.items():
        assert not [name for name in imported[path] if name.startswith("scipy.stats")], path
        assert not re.search(r"from scipy import .*\bstats\b|scipy\.stats\b", text), path


@pytest.mark.slow
def test_no_two_files_that_read_exports_need_each_other():
    """Types count as well: who reads a file has to know what else it is about."""
    room = ROOT / "data" / "reading"
    names = {
        ".".join(path.relative_to(ROOT.parent).with_suffix("").parts): path for path in room.rglob("*.py")
    }
    needs = {name: {*reached(TEXTS[path])} & names.keys() for name, path in names.items()}
    assert sum(map(len, needs.values())) > 500
    assert list(graphlib.TopologicalSorter(needs).static_order())


def names_of(text):
    """What a file defines for itself: private functions, classes and constants, and constants that are a value."""
    for node in ast.parse(text).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [one.id for one in targets if isinstance(one, ast.Name)]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        is_value = isinstance(getattr(node, "value", None), ast.Constant)
        yield from (name for name in names if not name.startswith("__") and (name[0] == "_" or is_value))


def idle(texts):
    """The names that files define for themselves and nobody has a use for."""
    words = Counter(word for text in texts for word in re.findall(r"\w+", text))
    return [name for text in texts for name in names_of(text) if words[name] == 1]


def test_nothing_stands_idle():
    assert idle(list(TEXTS.values())) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("_SPARE = 3", ["_SPARE"]),
        ("LIMIT: int = 3", ["LIMIT"]),
        ("def _spare(): pass", ["_spare"]),
        ("_USED = 3\nx = _USED", []),
        ("def public(): pass", []),
    ],
)
def test_what_stands_idle_is_found(text, found):
    assert idle([text]) == found


LETTERS = re.compile(r'\* 26 \+|% 26\b|chr\((?:65|ord\("A"\)) ?\+|ord\(\w+\) - (?:64|ord)')


def test_letters_of_columns_are_counted_in_one_place():
    """What LibreOffice's own Python runs stands alone, and may."""
    counting = {path.relative_to(ROOT).as_posix() for path, text in TEXTS.items() if LETTERS.search(text)}
    assert {one for one in counting if "component" not in one} == {"addresses.py"}
