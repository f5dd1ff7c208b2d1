"""A workbook that stands open in Excel and is edited between refreshes, and what must then be where.

Once as Excel for Windows shows it (COM) and once as a client sends it and replays what it is told. What a
customer was given is known by the customer, never by a row.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from klantwaarde_xl.data.reading.files import read_transactions
from tests.books import package_of
from tests.hosts.excel.test_real_refresh import NOW, opened
from tests.hosts.excel.wire import encode

NAMES = (
    "Anna",
    "Bakkerij Ünal",
    "de Vries, A.",
    "0123",
    "E & F <bv>",
    "Bram",
    "Cees",
    "Dora",
    "Ella",
    "Fred",
)
KINDS = ("note", "thread", "link", "fill")
"""What Excel for Windows lets a program move besides values."""
SAID = ("waarde", "note", "thread", "link")
"""What says something, and so is kept when its customer is gone."""
OWN = "van mij"
customers = st.sampled_from(NAMES)
days = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2025, 12, 31)).map(
    lambda day: day.replace(hour=0, minute=0, second=0, microsecond=0)
)
orders = st.dictionaries(st.tuples(customers, days), st.integers(100, 99_999), min_size=1, max_size=12)
"""Cents by customer and day."""


class EditedOpenBook(RuleBasedStateMachine):
    """What the user did to the open workbook, and what the last refresh was to make of it."""

    def __init__(self, package, windows, refresh) -> None:
        super().__init__()
        self.package, self.windows, self.refresh = package, windows, refresh
        self.orders: dict[tuple[str, dt.datetime], int] = {}
        self.given: dict[str, dict[str, object]] = defaultdict(dict)
        self.gone: set[str] = set()
        self.count = 0
        self.fresh = self.usual = False

    # ── what the user does ──────────────────────────────────────────────────────────────────

    @initialize(first=orders)
    def open_it(self, first):
        self.sheet = opened(self.package, more={"tblRfm": [OWN]})
        self._put(first)
        self._refreshed()

    @rule(
        new=orders, keep=st.booleans(), gifts=st.lists(st.tuples(st.integers(0, 99), st.sampled_from(KINDS)))
    )
    def paste_an_export_over_the_orders(self, new, keep, gifts):
        self._give(gifts)
        self._put({**self.orders, **new} if keep else new)
        self._refreshed()

    @rule(new=orders)
    def type_orders_under_the_table(self, new):
        new = {key: cents for key, cents in new.items() if key not in self.orders}
        place = self.sheet.tables["tblTransacties"]
        for at, row in enumerate(self._rows(new), place.bottom + 1):
            self.sheet._row(at)[place.left - 1 : place.left + 2] = row
        self.orders |= new
        self._refreshed()

    @precondition(lambda self: len(self.orders) > 1)
    @rule(at=st.integers(0, 99))
    def clear_an_order(self, at):
        place = self.sheet.tables["tblTransacties"]
        row = self.sheet._row(place.top + 1 + at % (place.bottom - place.top))
        if row[place.left - 1] is None:
            return
        del self.orders[row[place.left - 1], row[place.left]]
        row[place.left - 1 : place.left + 2] = [None] * 3
        self._refreshed()

    @rule(column=st.integers(1, 3), name=st.sampled_from(["tblTransacties", "tblRfm"]))
    def sort_a_table(self, column, name):
        if any(row[column - 1] is None for row in self.sheet.body(name)):
            return  # Excel puts blanks last, which this sheet does not know
        self.sheet._tableSort({"args": [list(self.sheet.tables).index(name), [column], [True]]})

    @rule(who=st.integers(0, 99), text=st.sampled_from(["bel", "mail", "kaart"]))
    def write_beside_a_customer(self, who, text):
        customer, row = self._one(who)
        self.count += 1
        place = self.sheet.tables["tblRfm"]
        said = self.given["waarde"][customer] = f"{text} nummer {'i' * self.count}."
        self.sheet._row(row)[place.right - 1] = said

    @rule(who=st.integers(0, 99))
    def empty_what_stands_beside_a_customer(self, who):
        customer, row = self._one(who)
        self.given["waarde"].pop(customer, None)
        self.sheet._row(row)[self.sheet.tables["tblRfm"].right - 1] = None

    @rule()
    def show_or_hide_the_totals(self):
        index, shown = list(self.sheet.tables).index("tblRfm"), "tblRfm" in self.sheet.totals
        self.sheet._showTotalsTable({"args": [index, not shown]})

    @rule(new=orders)
    def say_no(self, new):
        """Asked whether customers may go with what is beside them, the user says no: nothing changes."""
        left = self._customers() - {customer for customer, _ in new}
        if not self.windows or not any(left & self.given[kind].keys() for kind in SAID):
            return
        before = self.orders
        self._put(new)
        was = self.sheet.state()
        done = self.refresh(self.sheet, answer=False)
        assert done["asked"]
        assert done["words"] is None
        now = self.sheet.state()
        assert {part: now[part] for part in was if now[part] != was[part]} == {}
        self._put(before)
        self._refreshed()

    # ── what must be so ─────────────────────────────────────────────────────────────────────

    @invariant()
    def everything_is_with_its_customer(self):
        place = self.sheet.tables["tblRfm"]
        who = {place.top + 1 + at: row[0] for at, row in enumerate(self.sheet.body("tblRfm"))}
        found = {
            "waarde": {row[0]: row[-1] for row in self.sheet.body("tblRfm") if row[-1] is not None},
            **{
                kind: {who.get(row): said for (row, _), said in self.sheet.attached[kind].items()}
                for kind in KINDS
            },
        }
        if self.usual:  # how most rows look is how new rows look
            found["fill"] = {customer: found["fill"].get(customer) for customer in self.given["fill"]}
        for kind in ("waarde", *KINDS):
            assert found[kind] == self.given[kind], kind
        kept = self.sheet.added.get("Vervallen rijen")
        text = "\n".join(str(cell) for row in (kept.rows if kept else ()) for cell in row if cell is not None)
        assert [one for one in self.gone if one not in text] == []

    @invariant()
    def the_figures_are_those_of_the_orders(self):
        if not self.fresh:
            return
        figures = {row[0]: (row[3], row[4]) for row in self.sheet.body("tblRfm")}
        assert figures.keys() == self._customers()
        for customer, (bought, revenue) in figures.items():
            those = [cents for (one, _), cents in self.orders.items() if one == customer]
            assert bought == len(those)
            assert abs(revenue - sum(those) / 100) < 1e-6

    # ── how it is done ──────────────────────────────────────────────────────────────────────

    def _customers(self):
        return {customer for customer, _ in self.orders}

    @staticmethod
    def _rows(orders):
        return [[customer, day, cents / 100] for (customer, day), cents in orders.items()]

    def _put(self, orders):
        """Paste over the orders: what the table held is gone, and it has the size of what was pasted."""
        place = self.sheet.tables["tblTransacties"]
        width = place.right - place.left + 1
        for row in range(place.top + 1, max(place.bottom, place.top + len(orders)) + 1):
            self.sheet._row(row)[place.left - 1 : place.right] = [None] * width
        for at, row in enumerate(self._rows(orders), place.top + 1):
            self.sheet._row(at)[place.left - 1 : place.left + 2] = row
        self.sheet.tables["tblTransacties"] = place._replace(bottom=place.top + len(orders))
        self.orders = dict(orders)

    def _one(self, who):
        place, body = self.sheet.tables["tblRfm"], self.sheet.body("tblRfm")
        at = who % len(body)
        return body[at][0], place.top + 1 + at

    def _give(self, gifts):
        """Attach things to the rows of customers who are there, where Excel lets a program see them."""
        for who, kind in gifts if self.windows else ():
            customer, row = self._one(who)
            self.count += 1
            said = 255.0 if kind == "fill" else f"mailto:{self.count}@example.nl"
            place = (row, self.sheet.tables["tblRfm"].left + KINDS.index(kind))
            self.sheet.attached[kind][place] = self.given[kind][customer] = said

    def _refreshed(self):
        before = {row[0] for row in self.sheet.body("tblRfm")}
        self.usual |= 2 * len(self.given["fill"]) >= len(before)
        done = self.refresh(self.sheet, answer=True)
        note("\n".join(done["words"] or ()))
        assert done["error"] is None, done["error"]
        assert not [line for line in done["words"] if "typte" in line]  # in no figure of ours
        self.fresh = True
        for kind in ("waarde", *KINDS):
            for customer in (before - self._customers()) & self.given[kind].keys():
                said = self.given[kind].pop(customer)
                if kind in SAID:
                    self.gone.add(str(said))


def with_one_order(folder):
    """The package that a life begins with."""
    source = folder / "orders.csv"
    source.write_text("klant;datum;bedrag\nAnna;2025-06-30;25,50\n", encoding="utf-8")
    return package_of("rfm-segmenten", read_transactions(source, today=NOW.date()), now=NOW)


def by_a_client(server):
    """Refresh as a client does that sends the book and replays what it is told; nobody can be asked there."""

    def refresh(sheet, answer):
        assert answer
        done = server.ask(verb="real", book=sheet.book())
        sheet.replay(done["actions"])
        return done

    return refresh


def by_excel_for_windows(classic):
    """Refresh by way of the objects of Excel for Windows."""

    def refresh(sheet, answer):
        done = classic.ask(verb="real", state=sheet.state(), now=encode(NOW), answer=answer)
        sheet.become(done["state"])
        return done

    return refresh
