"""Every workbook, filled by typing in a real Calc: what is typed moves what it should, and nonsense moves nothing."""

import math

import pytest

from klantwaarde_xl.data.settings import Kind
from klantwaarde_xl.workbook import possible
from klantwaarde_xl.workbook.content import used_settings
from klantwaarde_xl.workbook.templates import template, templates
from tests.hosts.libreoffice.open_book import OpenBook, errors
from tests.hosts.libreoffice.typed_books import COMPANY, NAMES, typed_in


def test_every_workbook_that_users_fill_is_typed_into():
    assert set(NAMES) == {one.id for one in templates().values() if one.refreshes}


@pytest.fixture(params=NAMES)
def book(request, calc, tmp_path):
    with OpenBook.shipped(calc, request.param, tmp_path) as opened:
        yield opened


@pytest.fixture(params=NAMES, scope="module")
def same_book(request, calc, tmp_path_factory):
    """For tests that leave it as it was."""
    with OpenBook.shipped(calc, request.param, tmp_path_factory.mktemp("boek")) as opened:
        yield opened


def near(got, wanted):
    return got == wanted or (
        isinstance(got, float)
        and isinstance(wanted, int | float)
        and math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9)
    )


@pytest.mark.slow
def test_what_is_typed_moves_figures_and_sentences(book):
    typed, wanted = typed_in(book.name, book.package)
    before = book.look()
    book.type(typed)
    after = book.look()
    assert errors(after) == []
    assert {name: after[name] for name, value in wanted.values.items() if not near(after[name], value)} == {}
    for label, (value, note) in wanted.cards.items():
        shown = after.card(label)
        assert value is None or near(shown[0], value), (label, shown)
        assert note is None or shown[1] == note, (label, shown)
    words = [str(one) for cells in after.shown.values() for one in cells.values()]
    for sentence in (*COMPANY.values(), *wanted.says):
        assert any(sentence in one for one in words), sentence
    waits = [name for name in typed if name in used_settings(template(book.name))]
    assert {name: book.stand(after, name) for name in waits} == dict.fromkeys(waits, "verversen")
    stale = {"De instellingen zijn die van de laatste verversing"} if waits else set()
    assert after.attention() - before.attention() == stale | _SAID.get(book.name, set())


# What Controle rightly says of what was typed
_SAID = {
    "scenario": {"Basis ligt tussen slechtst en best"},
    "klantbeleving": {"Van elk product staan beide prijzen er"},
}


def _nonsense(number, rule):
    """What a cell does not take, another kind for each next one."""
    if rule.kind is Kind.CHOICE:
        return "zomaar"
    low, high = rule.between
    out = ["n.v.t.", (low or 0) - 5.0, high + 30.0 if high is not None else "35 procent"]
    if rule.kind is Kind.COUNT:
        out.append((low or 0) + 1.5)
    return out[number % len(out)]


@pytest.mark.slow
def test_what_cannot_be_counts_as_not_filled_in_and_is_told(same_book):
    """Pasted, because Calc refuses it when typed: half of the cells at a time, the others as they were."""
    book = same_book
    cells = [one for one in book.entries() if one[1].kind not in (Kind.TEXT, Kind.DAY)]
    shown = book.package.shown()
    for half in (0, 1)[: len(cells)]:
        chosen = cells[half::2]
        old = {place: shown[place[0]].get(place[1]) for place, _ in chosen}
        book.type(dict.fromkeys(old))
        blank = book.look()
        assert errors(blank) == []
        assert possible.LABEL not in blank.attention()
        book.type({place: _nonsense(number, rule) for number, (place, rule) in enumerate(chosen)})
        wrong = book.look()
        assert errors(wrong) == []
        assert possible.LABEL in wrong.attention()
        held = book.computed(blank)
        invented = {
            place: (value, held[place])
            for place, value in book.computed(wrong).items()
            if isinstance(value, float) and not near(value, held[place])
        }
        assert invented == {}
        book.type(old)


@pytest.mark.slow
def test_calc_refuses_in_dutch_what_cannot_be_typed(same_book):
    refusals = same_book.refusals()
    rules = {place: rule for place, rule in same_book.entries() if rule.kind is not Kind.TEXT}
    assert {place: refusals[place] for place in rules} == {
        place: ["STOP", rule.message()[:255]] for place, rule in rules.items()
    }
