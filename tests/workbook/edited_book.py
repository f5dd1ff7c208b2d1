"""A workbook that its user edits between refreshes, and what must then be where, by customer.

The user edits it in openpyxl, which is as good as any program that is not Excel, or in an open Calc; the state
machine chooses what, and in which order. What a customer was given is known by the customer, never by a row.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import warnings
from collections import defaultdict
from pathlib import Path

import openpyxl
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from openpyxl.worksheet.table import TableColumn

from klantwaarde_xl.addresses import area
from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.refresh import refresh_file
from klantwaarde_xl.workbook.templates import template
from tests.workbook.attached import KINDS, attach, attached

NOW = dt.datetime(2026, 11, 1, 9, 0)
NAMES = (
    "Anna", "Bakkerij Ünal", "de Vries, A.", "0123", "E & F <bv>", "Zoë 'Zus'", "klant 7", "K-8",
    "Müller GmbH", "x" * 40, "Bram", "Cees", "Dora", "Ella", "Fred", "Gijs",
)  # fmt: skip
customers = st.sampled_from(NAMES)
days = st.dates(dt.date(2025, 1, 1), dt.date(2026, 10, 31))
orders = st.dictionaries(st.tuples(customers, days), st.integers(100, 99_999), min_size=1, max_size=40)
"""Cents by customer and day."""
gifts = st.lists(st.tuples(st.integers(0, 99), st.sampled_from(KINDS)), max_size=8)
"""Of whom, and what."""
SAID = ("opmerking", "rechts", "links", "koppeling", "in de tabel")
"""What says something, and so is kept when its customer is gone."""
LOOKS, RULES, BESIDE = ("kleur", "hoogte"), ("keuzelijst", "regel"), ("rechts", "som")
COLUMNS = {"klant": 0, "aankopen": 3, "omzet": 4}
"""Where they are in the table of customers."""


class EditedBook(RuleBasedStateMachine):
    """What the user did to the workbook, and what the last refresh was to make of it."""

    name = "rfm-segmenten"

    @staticmethod
    def find_calc():
        """A running Calc; without one the steps in it are not taken."""

    def __init__(self) -> None:
        super().__init__()
        self.calc = self.find_calc()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "klanten.xlsx"
        self.orders: dict[tuple[str, dt.date], int] = {}
        self.marks: dict[str, dict[str, str]] = defaultdict(dict)
        self.gone: set[str] = set()
        self.own: dict[str, tuple[str, object]] = {}
        self.count = self.inserted = 0
        self.fresh = True
        self.has_column = self.has_things_beside = False
        self.usual: set[str] = set()

    def teardown(self) -> None:
        self.folder.cleanup()

    # ── what the user does ──────────────────────────────────────────────────────────────────

    @initialize(first=orders)
    def make(self, first):
        self.orders = dict(first)
        package = build_workbook(template(self.name), self._export(), now=NOW).package
        package.save(self.path, backup=False)

    @rule(gifts=gifts, more=orders, keep=st.booleans())
    def refresh_from_an_export(self, gifts, more, keep):
        """A new export: the orders of before with others, or others only."""
        self._give(gifts)
        before = set(self._customers())
        self.orders = {**self.orders, **more} if keep else dict(more)
        self._refreshed(before, tables=self._export())

    @rule(gifts=gifts, more=orders)
    def type_orders_under_the_table(self, gifts, more):
        """Below the last row, as a program does that does not widen tables; then refresh."""
        self._give(gifts)
        before = set(self._customers())
        new = {key: cents for key, cents in more.items() if key not in self.orders}
        book = self._open()
        sheet, place = self._table(book, "tblTransacties")
        for at, ((customer, day), cents) in enumerate(sorted(new.items()), place.bottom + 1):
            for column, value in enumerate((customer, day, cents / 100), place.left):
                sheet.cell(at, column).value = value
        self._save(book)
        self.orders |= new
        self._refreshed(before)

    def _give(self, gifts):
        """Attach things to the rows of customers who are there."""
        there = sorted(self._customers())
        book = self._open()
        sheet, place = self._table(book, "tblRfm")
        for who, kind in gifts:
            customer = there[who % len(there)]
            self.count += 1
            if kind in self.usual and kind not in LOOKS:
                continue
            row = self._row(sheet, place, customer)
            self.has_things_beside |= kind in BESIDE
            self.marks[kind][customer] = attach(sheet, place, row, kind, self.count)
        self._save(book)

    @precondition(lambda self: self.marks["opmerking"])
    @rule(who=st.integers(0, 20))
    def take_a_remark_away(self, who):
        there = sorted(self.marks["opmerking"])
        customer = there[who % len(there)]
        book = self._open()
        sheet, place = self._table(book, "tblRfm")
        sheet.cell(self._row(sheet, place, customer), place.left).comment = None
        self._save(book)
        del self.marks["opmerking"][customer]

    @precondition(lambda self: not (self.has_column or self.has_things_beside))
    @rule()
    def add_a_column_to_the_table(self):
        book = self._open()
        sheet, place = self._table(book, "tblRfm")
        table = sheet.tables["tblRfm"]
        table.ref = place._replace(right=place.right + 1).address
        if table.autoFilter:
            table.autoFilter.ref = table.ref
        table.tableColumns.append(TableColumn(id=len(table.tableColumns) + 1, name="van mij"))
        sheet.cell(place.top, place.right + 1).value = "van mij"
        for row in range(place.top + 1, place.bottom + 1):
            customer = sheet.cell(row, place.left).value
            text = f"eigen {customer}"
            sheet.cell(row, place.right + 1).value = text
            self.marks["in de tabel"][customer] = text
        self._save(book)
        self.has_column = True

    @precondition(lambda self: not self.own)
    @rule()
    def add_a_sheet_of_my_own(self):
        book = self._open()
        sheet = book.create_sheet("Van mij")
        self.own = {
            "A1": ("blijft staan", "blijft staan"),
            "A2": ("=SUM(tblRfm[omzet])", lambda: self._revenue() / 100),
            "A3": ("=COUNTA(tblRfm[klant])", lambda: len(self._customers())),
            "A4": ('=SUMIF(tblTransacties[klant],"Anna",tblTransacties[bedrag])', lambda: self._revenue("Anna") / 100),
            "A5": ('=IFERROR(INDEX(tblRfm[aankopen],MATCH("Bram",tblRfm[klant],0)),0)', lambda: self._bought("Bram")),
            "A6": (42.5, 42.5),
        }  # fmt: skip
        for place, (typed, _) in self.own.items():
            sheet[place].value = typed
        self._save(book)

    @precondition(lambda self: self.calc is not None)
    @rule(gifts=gifts)
    def save_in_calc(self, gifts):
        self._give(gifts)
        self._in_calc(lambda document: None)

    @precondition(lambda self: self.calc is not None)
    @rule(rows=st.integers(1, 3))
    def insert_rows_above_the_table(self, rows):
        sheet, place = self._place("tblRfm")
        self._in_calc(lambda document: self.calc.insert(document, sheet=sheet, rows=[place.top - 1, rows]))

    @precondition(lambda self: self.calc is not None and not self.marks["links"] and self.inserted < 2)
    @rule()
    def insert_a_column_before_the_table(self):
        sheet, place = self._place("tblRfm")
        self.inserted += 1
        self._in_calc(lambda document: self.calc.insert(document, sheet=sheet, columns=[place.left - 1, 1]))

    @precondition(lambda self: self.calc is not None)
    @rule(number=st.integers(1, 9))
    def rename_a_sheet(self, number):
        sheet, _ = self._place("tblRfm")
        self._in_calc(lambda document: self.calc.rename(document, sheet=sheet, name=f"Mijn 'RFM' {number}"))

    @precondition(lambda self: self.calc is not None)
    @rule(column=st.integers(0, 4), up=st.booleans())
    def sort_the_orders(self, column, up):
        """The user sorts the orders, whose rows are in no order that matters."""
        sheet, place = self._place("tblTransacties")
        where = place._replace(top=place.top + 1).address
        self._in_calc(
            lambda document: self.calc.sort(document, sheet=sheet, area=where, column=column % 3, up=up)
        )

    @rule(at=st.integers(0, 1000))
    def delete_an_order(self, at):
        """Clear one order where it stands and refresh: the row is empty, the order gone."""
        before = set(self._customers())
        if len(self.orders) < 2:
            return
        customer, day = sorted(self.orders)[at % len(self.orders)]
        book = self._open()
        sheet, place = self._table(book, "tblTransacties")
        for row in range(place.top + 1, place.bottom + 1):
            cells = [sheet.cell(row, column) for column in range(place.left, place.left + 3)]
            if str(cells[0].value) == customer and cells[1].value.date() == day:
                for cell in cells:
                    cell.value = None
        self._save(book)
        del self.orders[customer, day]
        self._refreshed(before)

    # ── what must be so ─────────────────────────────────────────────────────────────────────

    @invariant()
    def everything_is_with_its_customer(self):
        if not self.path.exists():
            return
        book = self._open()
        sheet, place = self._table(book, "tblRfm")
        found = defaultdict(dict)
        for kind, row, said in attached(sheet, place, own_column=self.has_column):
            customer = sheet.cell(row, place.left).value
            # A colour says nothing of its own: what its customer was given, if anything
            found[kind][customer] = self.marks[kind].get(customer) if kind in LOOKS else said
        for kind in self.usual:
            found[kind] = {customer: found[kind].get(customer) for customer in self.marks[kind]}
        for kind, wanted in self.marks.items():
            assert found[kind] == wanted, (kind, found[kind], wanted)
        kept = (
            {str(value) for row in book["Vervallen rijen"].values for value in row}
            if "Vervallen rijen" in book.sheetnames
            else set()
        )
        text = "\n".join(kept)
        assert [one for one in self.gone if one not in text] == []

    @invariant()
    def the_figures_are_those_of_the_orders(self):
        if not self.path.exists() or not self.fresh:
            return
        book = self._open(data_only=True)
        sheet, place = self._table(book, "tblRfm")
        figures = {
            str(sheet.cell(row, place.left).value): tuple(
                sheet.cell(row, place.left + COLUMNS[name]).value for name in ("aankopen", "omzet")
            )
            for row in range(place.top + 1, place.bottom + 1)
        }
        wanted = {one: (self._bought(one), self._revenue(one) / 100) for one in self._customers()}
        assert figures.keys() == wanted.keys()
        for one, (bought, revenue) in wanted.items():
            assert figures[one][0] == bought
            assert abs(figures[one][1] - revenue) < 1e-6
        if self.name == "dashboard":
            self._months_are_those_of_the_orders(book)
        for place, (_, value) in self.own.items():
            shown = book["Van mij"][place].value
            want = value() if callable(value) else value
            assert shown == want or abs(shown - want) < 1e-6, (place, shown, want)

    def _months_are_those_of_the_orders(self, book):
        sheet, place = self._table(book, "tblKpi")
        shown = [
            [sheet.cell(row, place.left + at).value for at in (0, 3, 4, 6)]
            for row in range(place.top + 1, place.bottom + 1)
        ]
        for month, revenue, orders, buyers in shown:
            those = {
                key: cents for key, cents in self.orders.items() if key[1].replace(day=1) == month.date()
            }
            assert abs(revenue - sum(those.values()) / 100) < 1e-6
            assert (orders, buyers) == (len(those), len({customer for customer, _ in those}))
        months = {day.replace(day=1) for _, day in self.orders}
        assert months <= {month.date() for month, *_ in shown}

    # ── how it is done ──────────────────────────────────────────────────────────────────────

    def _export(self):
        path = Path(self.folder.name) / "export.csv"
        lines = ["klant;datum;bedrag"]
        for (customer, day), cents in self.orders.items():
            lines.append(f'"{customer}";{day.isoformat()};{cents // 100},{cents % 100:02}')
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_transactions(path)

    def _refreshed(self, before, **how):
        for kind in LOOKS:
            if 2 * len(self.marks[kind]) >= len(before):
                self.usual.add(kind)  # how most rows look is how new rows look
        if 2 * len(self.marks["som"]) >= len(before):  # a column of sums goes on in new rows
            del self.marks["som"]
            self.usual.add("som")
        if len(before) == 1:
            for kind in RULES:  # what the only row has is its column's
                if self.marks.pop(kind, None):
                    self.usual.add(kind)
        done = refresh_file(self.path, now=NOW, backup=False, **how)
        note("\n".join(done.words()))
        self.fresh = True
        left = before - set(self._customers())
        for kind, those in self.marks.items():
            for customer in left & those.keys():
                text = those.pop(customer)
                if kind in SAID:
                    self.gone.add(text)

    def _customers(self):
        return {customer for customer, _ in self.orders}

    def _revenue(self, customer=None):
        return sum(cents for (one, _), cents in self.orders.items() if customer in (None, one))

    def _bought(self, customer):
        return sum(one == customer for one, _ in self.orders)

    def _open(self, **how):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return openpyxl.load_workbook(self.path, **how)

    def _save(self, book):
        book.save(self.path)
        self.fresh = False  # openpyxl keeps no values

    def _table(self, book, name):
        for sheet in book.worksheets:
            if name in sheet.tables:
                return sheet, area(sheet.tables[name].ref)
        raise AssertionError(name)

    def _place(self, name):
        """The number of a table's sheet, and where the table is."""
        book = self._open()
        sheet, place = self._table(book, name)
        return book.worksheets.index(sheet), place

    def _row(self, sheet, place, customer):
        for row in range(place.top + 1, place.bottom + 1):
            if sheet.cell(row, place.left).value == customer:
                return row
        raise AssertionError(customer)

    def _in_calc(self, do):
        document = self.calc.open(path=str(self.path))
        try:
            do(document)
            self.calc.save(document, path=str(self.path))
        finally:
            self.calc.close(document)
        self.fresh = False


def lives_of(name: str, calc: object = None) -> type[EditedBook]:
    """The state machine for a workbook; calc: a running Calc, without which no step is taken in it."""
    return type("Edited", (EditedBook,), {"name": name, "find_calc": staticmethod(lambda: calc)})
