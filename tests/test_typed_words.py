"""Names in commands that messages give: typed as they stand, they are that one name again."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantwaarde_xl import typed_words
from klantwaarde_xl.typed_words import as_typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("boek.xlsx", "boek.xlsx"),
        ("map/ü_1.xlsx", "map/ü_1.xlsx"),
        ("mijn boek.xlsx", '"mijn boek.xlsx"'),
        ("boek (2).xlsx", '"boek (2).xlsx"'),
        ("wer'k.xlsx", '"wer\'k.xlsx"'),
        ("winkel.sqlite#orders", '"winkel.sqlite#orders"'),
        ("*.csv", '"*.csv"'),
        ("", '""'),
    ],
)
def test_a_name_has_quotes_where_it_needs_them(name, typed):
    assert as_typed(name) == typed


def test_before_a_full_stop_it_always_has():
    assert as_typed("boek.xlsx", ends_sentence=True) == '"boek.xlsx"'


def test_on_windows_a_path_needs_none_for_its_backslashes(monkeypatch):
    monkeypatch.setattr(typed_words.os, "name", "nt")
    assert as_typed(r"C:\Mijn\boek.xlsx") == r"C:\Mijn\boek.xlsx"
    assert as_typed(r"C:\Mijn map\kosten 10%.xlsx") == r'"C:\Mijn map\kosten 10%.xlsx"'
    assert as_typed("prijs$.xlsx") == '"prijs$.xlsx"'


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20))
def test_a_shell_reads_any_name_back(name):
    assert shlex.split(f"klantwaarde ververs {as_typed(name)}", comments=True)[2:] == [name]
