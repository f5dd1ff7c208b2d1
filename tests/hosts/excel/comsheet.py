"""The same sheet behind Excel's COM objects, as far as xlwings' Windows engine uses them here."""

import datetime as dt
import types
from decimal import Decimal

from klantwaarde_xl.addresses import Area, area
from klantwaarde_xl.dutch import date_to_serial
from tests.hosts.excel.comproperties import Properties
from tests.hosts.excel.fakecom import ERRORS, ComError, Time
from tests.hosts.excel.sheetmodel import Sheet

# ruff: noqa: N802, N803  the names are COM's


class Euro(float):
    """A number in a cell with a currency format, of which COM's Value gives four decimals."""


class ComRange:
    """A range of cells."""

    def __init__(self, sheet, where):
        self.Worksheet = sheet
        self.where = where
        self.Row, self.Column = where.top, where.left
        self.Rows = types.SimpleNamespace(Count=where.bottom - where.top + 1)
        self.Columns = types.SimpleNamespace(Count=where.right - where.left + 1)
        self.Count = self.Rows.Count * self.Columns.Count

    def __call__(self, row, column):
        return self.Worksheet.Cells(self.Row + row - 1, self.Column + column - 1)

    @property
    def Locked(self):
        return self.where.address not in self.Worksheet.unlocked

    def _cells(self):
        columns = slice(self.where.left - 1, self.where.right)
        rows = range(self.where.top, self.where.bottom + 1)
        return tuple(tuple(self.Worksheet.model._row(r)[columns]) for r in rows)

    @property
    def Value(self):
        self.Worksheet.reads.append(self.where.address)
        cells = tuple(tuple(_given(cell) for cell in row) for row in self._cells())
        return cells[0][0] if len(cells) == len(cells[0]) == 1 else cells

    @Value.setter
    def Value(self, values):
        values = values if isinstance(values, (list, tuple)) else [[values]]
        self.Worksheet.log.append(("Value", self.where.address))
        action = {
            "func": "setValues",
            "values": [[_taken(cell) for cell in row] for row in values],
            "start_row": self.where.top - 1,
            "start_column": self.where.left - 1,
            "row_count": self.Rows.Count,
            "column_count": self.Columns.Count,
        }
        self.Worksheet.model.replay([action])

    @property
    def Formula(self):
        cells = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in self._cells())
        return cells[0][0] if len(cells) == len(cells[0]) == 1 else cells

    @property
    def HasFormula(self):
        found = {isinstance(cell, str) and cell.startswith("=") for row in self._cells() for cell in row}
        return found.pop() if len(found) == 1 else None

    def SpecialCells(self, kind):
        assert kind == -4123
        places = [
            Area(self.Row + down, self.Column + right, self.Row + down, self.Column + right)
            for down, row in enumerate(self._cells())
            for right, cell in enumerate(row)
            if isinstance(cell, str) and cell.startswith("=")
        ]
        if not places:
            raise ComError("No cells were found.")
        return types.SimpleNamespace(Areas=_Listed(ComRange(self.Worksheet, one) for one in places))

    @property
    def Value2(self):
        cells = tuple(tuple(_plain(cell) for cell in row) for row in self._cells())
        return cells[0][0] if len(cells) == len(cells[0]) == 1 else cells

    def ClearContents(self):
        for r in range(self.where.top, self.where.bottom + 1):
            width = self.where.right - self.where.left + 1
            self.Worksheet.model._row(r)[self.where.left - 1 : self.where.right] = [None] * width

    def _take(self, *kinds):
        for kind in kinds:
            held = self.Worksheet.model.attached[kind]
            for place in [place for place in held if self._has(*place)]:
                del held[place]

    def _has(self, row, column):
        where = self.where
        return where.top <= row <= where.bottom and where.left <= column <= where.right

    def ClearComments(self):
        self._take("note", "thread")

    def ClearFormats(self):
        self._take("fill")

    @property
    def Hyperlinks(self):
        return types.SimpleNamespace(Delete=lambda: self._take("link"))

    @property
    def Interior(self):
        held = self.Worksheet.model.attached["fill"]
        rows, columns = (
            range(self.where.top, self.where.bottom + 1),
            range(self.where.left, self.where.right + 1),
        )
        seen = {held.get((row, column), 16777215.0) for row in rows for column in columns}
        return types.SimpleNamespace(Color=seen.pop() if len(seen) == 1 else None)

    Font = types.SimpleNamespace(Color=0.0, Bold=False, Italic=False)

    def AutoFill(self, Destination, Type):
        held = self.Worksheet.model.attached["fill"]
        for row in range(self.where.bottom + 1, Destination.where.bottom + 1):
            for column in range(self.where.left, self.where.right + 1):
                held.pop((row, column), None)
                if (self.where.bottom, column) in held:
                    held[row, column] = held[self.where.bottom, column]
        self.Worksheet.log.append(("AutoFill", Destination.where.address, Type))

    def AutoFilter(self, Field):
        self.Worksheet.log.append(("AutoFilter", Field))

    def GetAddress(self, *_):
        return self.where.address


class ChartFrame:
    """A chart on a sheet, which a protected sheet keeps as it is."""

    def __init__(self, name, *, locked):
        self.Name, self._visible, self._locked = name, True, locked
        self.Chart = types.SimpleNamespace()

    @property
    def Visible(self):
        return self._visible

    @Visible.setter
    def Visible(self, visible):
        if self._locked:
            raise ComError("Unable to set the Visible property of the ChartObject class")
        self._visible = visible


def _given(cell):
    """A cell as COM gives it: numbers as floats, dates as its own type, errors as numbers."""
    if isinstance(cell, str):
        return ERRORS.get(cell, cell)
    if isinstance(cell, Euro):
        return Decimal(f"{cell:.4f}")
    if isinstance(cell, dt.date):
        return Time(*cell.timetuple()[:6])
    return float(cell) if isinstance(cell, int) else cell


def _plain(cell):
    """A cell as COM gives it without its format: a date is a number."""
    if isinstance(cell, Euro):
        return float(cell)
    return date_to_serial(cell) if isinstance(cell, dt.date) else _given(cell)


def _taken(value):
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value


class ListObject:
    """A table."""

    ShowHeaders = ShowAutoFilter = True

    def __init__(self, sheet, name):
        self.Parent, self.Name = sheet, name
        self.SortFields, self.Sort = self, self
        self._key = None

    @property
    def _index(self):
        return list(self.Parent.model.tables).index(self.Name)

    @property
    def _where(self):
        return self.Parent.model.tables[self.Name]

    @property
    def Range(self):
        return ComRange(self.Parent, self._where)

    @property
    def HeaderRowRange(self):
        return ComRange(self.Parent, self._where._replace(bottom=self._where.top))

    @property
    def DataBodyRange(self):
        last = self._where.bottom - self.ShowTotals
        return ComRange(self.Parent, self._where._replace(top=self._where.top + 1, bottom=last))

    @property
    def ShowTotals(self):
        return self.Name in self.Parent.model.totals

    @ShowTotals.setter
    def ShowTotals(self, shown):
        self.Parent.model._showTotalsTable({"args": [self._index, shown]})

    def Resize(self, target):
        self.Parent.model._resizeTable({"args": [self._index, target.where.address]})

    @property
    def AutoFilter(self):
        return types.SimpleNamespace(FilterMode=self.Parent.is_filtered)

    def ListColumns(self, number):
        return types.SimpleNamespace(Range=number)

    def Clear(self):
        self._key = None

    def Add(self, Key, SortOn, Order):
        assert Order == 1
        self._key = Key

    def Apply(self):
        self.Parent.model._tableSort({"args": [self._index, [self._key], [True]]})


class _Listed(list):
    """A COM collection: counted from one."""

    @property
    def Count(self):
        return len(self)

    def __call__(self, index):
        return self[index - 1]


class Worksheets(_Listed):
    """The sheets of a book; a new one can be put among them, as Excel does: it becomes the active one."""

    def Add(self, Before):
        if self.Parent.is_protected:
            raise ComError("Add method of Sheets class failed")
        added = Worksheet(self.Parent)
        self.insert(self.index(Before), added)
        self.Parent.ActiveSheet = added
        return added


class _Said(types.SimpleNamespace):
    """A note, a thread or a reply: its text is what a method gives."""

    def __init__(self, said, **more):
        super().__init__(**more)
        self.said = said

    def Text(self):
        return self.said


class _Cells:
    """Where a sheet's cells are found, and its charts."""

    frames = ()
    ProtectContents, unlocked = False, ()

    @property
    def Comments(self):
        return self._attached("note", Replies=_Listed())

    @property
    def CommentsThreaded(self):
        """Excel lists old notes here too."""
        return _Listed(
            [
                *self._attached("note", Replies=_Listed()),
                *self._attached("thread", Replies=_Listed([_Said("ja")])),
            ]
        )

    @property
    def Hyperlinks(self):
        return _Listed(
            types.SimpleNamespace(Type=0, Range=self.Cells(*place), Address=said, SubAddress="")
            for place, said in self.model.attached["link"].items()
        )

    def _attached(self, kind, **more):
        return _Listed(
            _Said(said, Parent=self.Cells(*place), **more)
            for place, said in self.model.attached[kind].items()
        )

    def ChartObjects(self, which=None):
        return _Listed(self.frames) if which is None else _Listed(self.frames)(which)

    def Cells(self, row, column):
        return ComRange(self, Area(row, column, row, column))

    def Range(self, first, last):
        return ComRange(self, Area(first.where.top, first.where.left, last.where.bottom, last.where.right))

    @property
    def Index(self):
        return self.Parent.Worksheets.index(self) + 1

    def Activate(self):
        self.Parent.ActiveSheet = self


class Worksheet(_Cells):
    """A sheet that was added to a book."""

    def __init__(self, book, name="Blad2", rows=()):
        self.model, self.log, self.Parent, self.Name = Sheet(rows, {}), book.log, book, name
        self.reads = book.reads
        self.ListObjects = _Listed()

    def Move(self, Before):
        sheets = self.Parent.Worksheets
        sheets.remove(self)
        sheets.insert(sheets.index(Before), self)

    @property
    def UsedRange(self):
        return ComRange(self, Area(1, 1, max(len(self.model.rows), 1), 6))


class Workbook(_Cells):
    """A book with one sheet, its own application."""

    @property
    def UsedRange(self):
        last = max(
            (at for row in self.model.rows for at, cell in enumerate(row, 1) if cell is not None), default=1
        )
        return ComRange(self, Area(1, 1, max(len(self.model.rows), 1), max(last, 12)))

    Name, Hwnd, Calculation, ScreenUpdating = "Map1.xlsx", 1, -4105, True

    def __init__(self, rows, tables, names, totals, *, date1904=False, protected=False, added=()):
        self.model = Sheet(rows, tables, names, totals=totals)
        self.CustomDocumentProperties = Properties({})
        self.log = []
        self.frames = []
        self.reads = []  # the areas whose values were read, so that a test can see that once is enough
        self.Date1904, self.is_protected, self.is_filtered = date1904, protected, False
        self.Application = self.Parent = self.ActiveSheet = self
        self.Worksheets = Worksheets([self])
        self.Worksheets.Parent = self
        self.Worksheets += [Worksheet(self, name, rows) for name, rows in added]
        self.ListObjects = _Listed(ListObject(self, name) for name in tables)
        self.Names = _Listed(self._name(entry) for entry in self.model.book()["names"])

    def Move(self, Before):
        Worksheet.Move(self, Before)

    def draw(self, names, *, locked):
        """Give the sheet charts; locked: it is protected."""
        self.frames = [ChartFrame(name, locked=locked) for name in names]

    def _name(self, entry):
        cells = entry["address"] and ComRange(self, area(entry["address"]))
        return types.SimpleNamespace(Name=entry["name"], RefersTo=entry["refers_to"], RefersToRange=cells)

    @property
    def WorksheetFunction(self):
        def count(cells):
            return float(sum(cell is not None for row in cells._cells() for cell in row))

        return types.SimpleNamespace(CountA=count)

    def Calculate(self):
        self.log.append(("Calculate", self.Calculation, self.ScreenUpdating))
