"""Kernels have numbers, codes and English names: what a user reads stands in `refusals` and `wording`."""

import ast
import functools
import re
from pathlib import Path

import pytest

import klantwaarde_xl

ROOT = Path(klantwaarde_xl.__file__).parent
_WORD = re.compile(r"[^\W\d_]+")
# Words of which a Dutch sentence has one at least, and an English name none
OF_SENTENCES = frozenset(
    _WORD.findall(
        "aan alle allen als bij dan dat de deze dit door een eerst elk elke en er ervoor geen haar heeft hebben"
        " het hij hoe ieder kan kies kocht koopt kunnen maar meer met minder moet naar neem niet nog ook om onder"
        " samen staat te tot tussen uit uw van vanaf veel verschillen voor vul waar wat welk welke wie wordt zich"
        " zijn zo zoek zonder één"
    )
)
SHORTEST = 4  # letters of a word that is known to be Dutch by itself


def texts(source):
    """The constants of a source that are text, those of f-strings and keys included; and its docstrings."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [one for one in said if id(one) not in prose], [one.value for one in said if id(one) in prose]


def words(text):
    return {word.lower() for word in _WORD.findall(text)}


def sources(room):
    return {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / room).rglob("*.py"))}


@functools.cache
def dutch():
    """Words of sentences, and words that refusals have in any place but kernels in no English of theirs."""
    english = {
        word for text in sources("kernels").values() for prose in texts(text)[1] for word in words(prose)
    }
    said = {
        word for text in sources("refusals").values() for one in texts(text)[0] for word in words(one.value)
    }
    return OF_SENTENCES | {word for word in said if len(word) >= SHORTEST} - english


def found(source):
    """The constants of a source in which there is Dutch."""
    return [one for one in texts(source)[0] if words(one.value) & dutch()]


def test_a_kernel_has_no_dutch():
    for path, text in sources("kernels").items():
        assert [(one.lineno, one.value) for one in found(text)] == [], path


@pytest.mark.parametrize(
    "source",
    [
        'raise OutOfRange("De marge is te hoog.")',
        'raise OutOfRange(TOO_HIGH, remedy="Vul 30% in als 0,3.")',
        'said = f"{many} keer, eerst in rij {row}"',
        'what = f"Het aantal {name} klopt."',
        'answers_of(scores, 3, "gewichten")',
        '_whole(value, "instroom")',
        'first = "eerst"',
        'TITLE = f"{title} met één tempo"',
        'NOTES = {"kans om te kopen": 1.0}',
        'def f():\n    """Return it."""\n    return "niemand vertrekt"',
    ],
)
def test_dutch_in_a_kernel_is_found(source):
    assert found(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""De marge en de rente, in a docstring."""',
        'TITLE, NAMES = "Pareto/NBD", ("r", "alpha", "s", "beta")',
        'LIMIT = f"{title}, one rate, one chance to stop"',
        'day = np.datetime64("1899-12-30", "D")',
        "raise refused.HORIZON(most=LONGEST)  # te ver",
    ],
)
def test_names_and_codes_are_no_dutch(source):
    assert found(source) == []
