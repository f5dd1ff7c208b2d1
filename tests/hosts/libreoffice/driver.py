"""Drive one LibreOffice for the tests: requests and answers as JSON lines over stdin and stdout.

Run by the Python that has `uno`, so it imports nothing but the standard library and uno. It starts
soffice on the profile it is told, and ends the process that it started, by its own id.

    python3 driver.py SOFFICE PROFILE
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import uno
import unohelper
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.task import XInteractionHandler
from com.sun.star.ucb import XCommandEnvironment

PATIENCE = 60
# LibreOffice lets go of a shape that it lent some time after it is told to, and crashes where its document is gone
LETTING_GO = 0.3
FORMATS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}


def properties(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


CELL = re.compile(r"([A-Z]+)(\d+)")


def columns_of(cells):
    """Values and texts under each other as [area, contents], which is one call; and the other cells."""
    there, rest = {}, []
    for cell in cells:
        area, kind, content = cell
        place = CELL.fullmatch(area)
        if place and kind in ("value", "text"):
            there[place[1], int(place[2])] = content
        else:
            rest.append(cell)
    data = []
    for column, row in sorted(there):
        if data and data[-1][0] == column and data[-1][1] + len(data[-1][2]) == row:
            data[-1][2].append(there[column, row])
        else:
            data.append((column, row, [there[column, row]]))
    return [(f"{c}{row}:{c}{row + len(found) - 1}", found) for c, row, found in data], rest


def url_of(path):
    return uno.systemPathToFileUrl(str(Path(path).absolute()))


class Approve(unohelper.Base, XInteractionHandler):
    """Says yes to the installation; `unopkg` would refuse to run as root."""

    def handle(self, request):
        offered = request.getContinuations()
        approving = [one for one in offered if "XInteractionApprove" in repr(one)]
        others = [one for one in offered if "XInteractionAbort" not in repr(one)]
        for continuation in (approving or others)[:1]:
            continuation.select()


class Environment(unohelper.Base, XCommandEnvironment):
    def getInteractionHandler(self):  # noqa: N802
        return Approve()

    def getProgressHandler(self):  # noqa: N802
        return None


class Office:
    def __init__(self, soffice, profile):
        pipe = f"klantwaarde{os.getpid()}"
        self.documents = {}
        self.lent = set()  # documents of which shapes were asked
        self.process = subprocess.Popen(
            [
                soffice,
                f"-env:UserInstallation={url_of(profile)}",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nofirststartwizard",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        self.context = self._connect(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self._service("com.sun.star.frame.Desktop")

    def _connect(self, resolver, address):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return resolver.resolve(address)
            except Exception:
                if time.monotonic() > end:
                    self.stop()
                    raise
                time.sleep(0.05)

    def _service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def stop(self):
        # terminate() answers before or after the bridge goes down, so its exception says nothing.
        with contextlib.suppress(Exception):
            self.desktop.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)

    # ── requests ────────────────────────────────────────────────────────────────────────────

    def install(self, path):
        manager = self.context.getByName("/singletons/com.sun.star.deployment.ExtensionManager")
        options = (NamedValue("SUPPRESS_LICENSE", "1"),)
        package = manager.addExtension(
            url_of(path), options, "user", manager.createAbortChannel(), Environment()
        )
        return package is not None

    def new(self):
        """Without a window, in which nobody sees what is drawn at each change; of a file that is opened one is."""
        return self._keep(self._load("private:factory/scalc", Hidden=True))

    def open(self, path):
        return self._keep(self._load(url_of(path)))

    def open_with_macros(self, path, modules):
        """Open a workbook whose macros run, with these modules of its VBA in place of its own."""
        document = self._load(url_of(path), MacroExecutionMode=4)
        library = document.BasicLibraries.getByName("VBAProject")
        document.BasicLibraries.loadLibrary("VBAProject")
        for name, text in modules.items():
            put = library.replaceByName if library.hasByName(name) else library.insertByName
            put(name, f"Rem Attribute VBA_ModuleType=VBAModule\nOption VBASupport 1\n{text}")
        return self._keep(document)

    def _load(self, url, **options):
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, properties(**options))
        if document is None:
            raise RuntimeError(f"LibreOffice does not open {url}")
        return document

    def _keep(self, document):
        number = len(self.documents) + 1
        self.documents[number] = document
        return number

    def close(self, document):
        if document in self.lent:
            time.sleep(LETTING_GO)
            self.lent.remove(document)
        self.documents.pop(document).close(True)

    def save(self, document, path):
        self.documents[document].storeToURL(url_of(path), properties(FilterName=FORMATS[Path(path).suffix]))

    def recalculate(self, document):
        self.documents[document].calculateAll()

    def write(self, document, cells, sheet=0):
        """cells: [area, kind, content] with kind value, text, formula or array."""
        page = self.documents[document].Sheets.getByIndex(sheet)
        data, rest = columns_of(cells)
        for area, contents in data:
            page.getCellRangeByName(area).setDataArray(tuple((one,) for one in contents))
        for area, kind, content in rest:
            target = page.getCellRangeByName(area)
            setter = {"value": "setValue", "text": "setString", "formula": "setFormula"}
            getattr(target, setter.get(kind, "setArrayFormula"))(content)

    def type_local(self, document, area, formula, sheet=0):
        """Enter a formula as a user of this LibreOffice's locale types it, over an area as one array."""
        target = self.documents[document].Sheets.getByIndex(sheet).getCellRangeByName(area)
        first = target.getCellByPosition(0, 0)
        first.FormulaLocal = formula
        if len(target.getDataArray()) > 1 or len(target.getDataArray()[0]) > 1:
            entered = first.getFormula()
            first.setString("")
            target.setArrayFormula(entered)

    def clear(self, document, area, sheet=0):
        everything = 1023
        self.documents[document].Sheets.getByIndex(sheet).getCellRangeByName(area).clearContents(everything)

    def read(self, document, areas, sheet=0):
        """Rows of values of each area; an error is {"error": number}."""
        page = self.documents[document].Sheets.getByIndex(sheet)
        return [self._values(page.getCellRangeByName(area)) for area in areas]

    def _values(self, cells):
        rows = [list(row) for row in cells.getDataArray()]
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is None:
                    row[j] = {"error": cells.getCellByPosition(j, i).getError()}
        return rows

    def formulas(self, document, area, sheet=0):
        page = self.documents[document].Sheets.getByIndex(sheet)
        return [list(row) for row in page.getCellRangeByName(area).getFormulaArray()]

    def styles(self, document, cells, sheet=0):
        """By cell the name of its style, and its fill."""
        page = self.documents[document].Sheets.getByIndex(sheet)
        found = {one: page.getCellRangeByName(one) for one in cells}
        return {one: [cell.CellStyle, cell.CellBackColor] for one, cell in found.items()}

    def shown(self, document, area, sheet=0):
        return self.documents[document].Sheets.getByIndex(sheet).getCellRangeByName(area).getString()

    def refusals(self, document, cells, sheet=0):
        """Of each cell what its validation does with what it does not take, and its words; None without one."""
        page = self.documents[document].Sheets.getByIndex(sheet)
        rules = [page.getCellRangeByName(cell).Validation for cell in cells]
        return [
            [rule.ErrorAlertStyle.value if rule.ShowErrorMessage else "", rule.ErrorMessage]
            if rule.Type.value != "ANY"
            else None
            for rule in rules
        ]

    def dispatch(self, document, command):
        """Run a menu command as a macro would; returns whether it succeeded and its message."""
        frame = self.documents[document].CurrentController.Frame
        helper = self._service("com.sun.star.frame.DispatchHelper")
        event = helper.executeDispatch(frame, command, "", 0, ())
        return event.State == 1, event.Result

    def click(self, document, command):
        """Run a menu command as the menu does: nobody waits for an answer."""
        frame = self.documents[document].CurrentController.Frame
        url = uno.createUnoStruct("com.sun.star.util.URL")
        url.Complete = command
        _, url = self._service("com.sun.star.util.URLTransformer").parseStrict(url)
        frame.queryDispatch(url, "", 0).dispatch(url, ())

    def undo(self, document):
        manager = self.documents[document].UndoManager
        title = manager.getCurrentUndoActionTitle()
        manager.undo()
        return title

    def protect(self, document, sheet=0):
        self.documents[document].Sheets.getByIndex(sheet).protect("")

    def protect_workbook(self, document):
        self.documents[document].protect("")

    def sheets(self, document):
        return list(self.documents[document].Sheets.ElementNames)

    def insert(self, document, sheet=0, rows=None, columns=None):
        """Insert rows or columns, each as [the first, how many]."""
        page = self.documents[document].Sheets.getByIndex(sheet)
        for lines, asked in ((page.Rows, rows), (page.Columns, columns)):
            if asked:
                lines.insertByIndex(asked[0] - 1, asked[1])

    def rename(self, document, name, sheet=0):
        self.documents[document].Sheets.getByIndex(sheet).Name = name

    def sort(self, document, area, column, up, sheet=0):
        """Sort the rows of an area by one of its columns, from 0."""
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = column, up
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        cells = self.documents[document].Sheets.getByIndex(sheet).getCellRangeByName(area)
        cells.sort(properties(SortFields=fields, ContainsHeader=False))

    def filter(self, document, table, column, text):
        """Show only the rows of a table with this text in a column, as its filter button does."""
        cells = self.documents[document].DatabaseRanges.getByName(table).getReferredCells()
        field = uno.createUnoStruct("com.sun.star.sheet.TableFilterField")
        field.Field, field.StringValue = column, text
        field.Operator = uno.Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
        descriptor = cells.createFilterDescriptor(True)
        descriptor.setFilterFields((field,))
        descriptor.ContainsHeader = True
        cells.filter(descriptor)

    def hide(self, document, rows, sheet=0):
        page = self.documents[document].Sheets.getByIndex(sheet)
        for row in rows:
            page.Rows.getByIndex(row - 1).IsVisible = False

    def _shapes(self, document, sheet):
        self.lent.add(document)
        page = self.documents[document].Sheets.getByIndex(sheet).getDrawPage()
        return [page.getByIndex(number) for number in range(page.getCount())]

    def charts(self, document, sheet=0):
        return {shape.Name: shape.Visible for shape in self._shapes(document, sheet)}

    def hide_chart(self, document, name, sheet=0):
        for shape in self._shapes(document, sheet):
            if shape.Name == name:
                shape.Visible = False

    def chart_places(self, document, sheet=0):
        """Of each chart its corner and size, in whole millimetres."""
        return {
            shape.Name: [
                round(one / 100)
                for one in (shape.Position.X, shape.Position.Y, shape.Size.Width, shape.Size.Height)
            ]
            for shape in self._shapes(document, sheet)
        }

    def visible(self, document, rows, sheet=0):
        page = self.documents[document].Sheets.getByIndex(sheet)
        return [page.Rows.getByIndex(row - 1).IsVisible for row in rows]

    def tables(self, document):
        found = self.documents[document].DatabaseRanges
        areas = {name: found.getByName(name).DataArea for name in found.getElementNames()}
        return {
            name: [area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]
            for name, area in areas.items()
        }

    def names(self, document):
        return {name.Name: name.Content for name in self.documents[document].NamedRanges}

    def describe(self, function):
        """What the function wizard shows: description and [name, help, optional] of each argument."""
        described = {p.Name: p.Value for p in self._service(
            "com.sun.star.sheet.FunctionDescriptions").getByName(function)}  # fmt: skip
        arguments = [[a.Name, a.Description, bool(a.IsOptional)] for a in described["Arguments"]]
        return {"description": described["Description"], "arguments": arguments}

    def menu(self):
        """[title, command] of each item of the extension's menu, as LibreOffice has it configured."""
        provider = self._service("com.sun.star.configuration.ConfigurationProvider")
        path = PropertyValue("nodepath", 0, "/org.openoffice.Office.Addons/AddonUI/OfficeMenuBar", 0)
        access = "com.sun.star.configuration.ConfigurationAccess"
        bar = provider.createInstanceWithArguments(access, (path,))
        menu = bar.getByName("nl.klantwaarde.xl.menu")
        submenu = menu.getByName("Submenu")
        items = [submenu.getByName(name) for name in submenu.getElementNames()]
        return [[menu.Title, ""], *([item.Title, item.URL] for item in items)]


def main():
    office = Office(*sys.argv[1:])
    try:
        for line in sys.stdin:
            request = json.loads(line)
            try:
                answer = {"ok": getattr(office, request.pop("do"))(**request)}
            except Exception as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
    finally:
        office.stop()


if __name__ == "__main__":
    main()
