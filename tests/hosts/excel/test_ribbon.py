"""What the buttons of the ribbon do, with a stand-in for the workbook that Excel hands over."""

import logging
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
import xlwings as xw

import klantwaarde_xl
from klantwaarde_xl.errors import WorkbookChanged
from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.excel import functions, ribbon
from klantwaarde_xl.plan.report import Filled, Report, in_words
from klantwaarde_xl.workbook.templates import template_ids, templates
from klantwaarde_xl.xlsx.package import Package


class Names(list):
    """The names of a workbook: adding one makes it, as xlwings does."""

    knows_lambda = True

    def add(self, called, refers_to):
        name = Name(called, refers_to, self)
        self.append(name)
        return name


class Name:
    def __init__(self, name, refers_to, names):
        self.name, self._refers_to, self._names = name, refers_to, names
        self.api = SimpleNamespace(Comment="")

    @property
    def refers_to(self):
        return self._refers_to

    @refers_to.setter
    def refers_to(self, formula):
        if not self._names.knows_lambda:
            raise ValueError("1004")
        self._refers_to = formula

    def delete(self):
        self._names.remove(self)


@pytest.fixture
def book(monkeypatch):
    """A workbook in a desktop Excel; `shown` is what its boxes said."""
    book = MagicMock()
    book.app.engine.type = "desktop"
    book.name = "Map1.xlsx"
    book.names = Names()
    book.shown = []
    book.app.alert = lambda said, title, mode, **_: book.shown.append((mode, said))
    monkeypatch.setattr(xw.Book, "caller", staticmethod(lambda: book))
    return book


def test_vernieuwen_refreshes_the_workbook_in_front_and_shows_the_report(book, monkeypatch):
    done = Report((Filled("Kerncijfers", 36, ("maand", "maanden")),))
    asked = MagicMock(return_value=done)
    monkeypatch.setattr(functions, "refresh_book", asked)
    ribbon.press("vernieuwen")
    assert asked.call_args.args == (book,)
    assert book.shown == [("info", "\n".join(in_words(done)))]
    assert "Kerncijfers: 36 maanden" in book.shown[0][1]


def test_a_refresh_that_is_refused_says_why(book, monkeypatch):
    monkeypatch.setattr(
        functions, "refresh_book", MagicMock(side_effect=WorkbookChanged("tblKpi ontbreekt."))
    )
    ribbon.press("vernieuwen")
    ((mode, said),) = book.shown
    assert (mode, "tblKpi ontbreekt" in said) == ("critical", True)


@pytest.mark.parametrize("action", [one.action for one in ribbon.BUTTONS if one.needs_book])
def test_without_an_open_workbook_it_asks_for_one(book, action):
    book.name = ribbon.ADD_IN
    ribbon.press(action)
    ((mode, said),) = book.shown
    assert (mode, "geen werkboek open" in said) == ("critical", True)
    assert not book.names


@pytest.mark.slow
@pytest.mark.parametrize("name", template_ids())
def test_a_new_workbook_is_opened_from_each_template_and_no_file_is_left(book, name, tmp_path, monkeypatch):
    monkeypatch.setattr(ribbon.tempfile, "tempdir", str(tmp_path))
    seen = []
    book.app.api.Workbooks.Add = lambda path: seen.append(Package.open(path))
    ribbon.press(f"nieuw:{name}")
    assert book.shown == []
    (opened,) = seen
    wanted = {table.casefold() for table in _tables(name)}
    assert wanted <= {table.casefold() for table in opened.table_names()}
    assert not list(tmp_path.iterdir())


def _tables(name):
    from klantwaarde_xl.data.tables import tables
    from klantwaarde_xl.workbook.content import needs

    return [tables()[one].sheet_table for one in needs(templates()[name])]


@pytest.mark.slow
def test_functies_opens_the_workbook_of_functions(book):
    seen = []
    book.app.api.Workbooks.Add = lambda path: seen.append(path)
    ribbon.press("functies")
    assert seen[0].endswith("klantwaarde-functies.xlsx")


def test_the_functions_become_names_of_the_workbook_in_front(book):
    ribbon.press("functienamen")
    assert [name.name for name in book.names] == list(lambdas())
    clv = next(name for name in book.names if name.name == "CLV")
    assert clv.refers_to == f"={lambdas()['CLV'].text()}"
    assert clv.api.Comment == REGISTRY["CLV"].doc[:255]
    ((mode, said),) = book.shown
    assert mode == "info"
    assert f"{len(lambdas())} functies" in said


def test_twice_is_once(book):
    ribbon.press("functienamen")
    before = [(name.name, name.refers_to) for name in book.names]
    ribbon.press("functienamen")
    assert [(name.name, name.refers_to) for name in book.names] == before
    assert "niets veranderd" in book.shown[-1][1]


def test_a_name_of_the_user_stays_and_an_older_one_of_ours_is_renewed(book):
    book.names.add("clv", "=Blad1!$A$1")
    book.names.add("AOV", "=LAMBDA(omzet,orders,omzet/orders)")
    older = lambdas()["KLDW"].text().replace("#VALUE!", "#N/A", 1)
    book.names.add("KLDW", f"={older}")
    ribbon.press("functienamen")
    held = {name.name: name.refers_to for name in book.names}
    assert (held["clv"], held["AOV"]) == ("=Blad1!$A$1", "=LAMBDA(omzet,orders,omzet/orders)")
    assert held["KLDW"] == f"={lambdas()['KLDW'].text()}"
    said = book.shown[0][1]
    assert "CLV, AOV" in said or "AOV, CLV" in said
    assert "1 vernieuwd" in said


def test_a_name_of_one_sheet_stays_and_is_told_with_its_sheet(book):
    book.names.add("'Mijn blad'!clv", "=Blad1!$A$1")
    book.names.add("Blad1!NPS", f"={lambdas()['NPS'].text()}")  # a copy of ours computes the same
    ribbon.press("functienamen")
    assert next(name for name in book.names if "clv" in name.name).refers_to == "=Blad1!$A$1"
    assert {name.name for name in book.names} >= set(lambdas())
    said = book.shown[0][1]
    assert "Op het blad Mijn blad is CLV al een naam" in said
    assert "Blad1" not in said


def test_an_excel_without_lambda_gets_no_names_and_is_told(book):
    book.names.knows_lambda = False
    ribbon.press("functienamen")
    assert list(book.names) == []
    ((mode, said),) = book.shown
    assert (mode, "Excel 365" in said) == ("critical", True)


def test_controle_says_what_runs_and_that_it_computes(book):
    book.app.version = "16.0"
    ribbon.press("controle")
    ((mode, said),) = book.shown
    assert mode == "info"
    for part in (klantwaarde_xl.__version__, "klopt", str(len(REGISTRY)), "16.0", xw.__version__):
        assert part in said
    assert "KLOPT NIET" not in said


@pytest.mark.slow
def test_handleiding_shows_every_function_and_each_can_be_linked_to(book, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(ribbon.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(ribbon.webbrowser, "open", opened.append)
    ribbon.press("handleiding")
    assert book.shown == []
    assert opened[0].startswith("file:")
    (page,) = tmp_path.rglob("*.html")
    text = page.read_text(encoding="utf-8")
    for spec in REGISTRY:
        assert f'id="{spec.name.lower()}"' in text
    assert "<script" not in text
    assert "src=" not in text


def test_a_button_is_pressed_as_a_function_is_called(classic):
    (said,) = classic.ask(verb="ribbon", action="over")
    assert said.startswith("Klantwaarde XL")


def test_over_names_the_version_and_the_licences(book):
    ribbon.press("over")
    ((mode, said),) = book.shown
    assert mode == "info"
    assert all(part in said for part in (klantwaarde_xl.__version__, "MIT", "xlwings"))


def test_a_button_of_another_version_is_told_apart(book):
    ribbon.press("bestaatniet")
    ((mode, said),) = book.shown
    assert (mode, "andere versie" in said) == ("critical", True)


@pytest.mark.slow
def test_a_fault_of_ours_is_a_message_and_no_traceback(book, monkeypatch):
    logging.disable()
    monkeypatch.setattr(
        ribbon.tempfile, "TemporaryDirectory", MagicMock(side_effect=ZeroDivisionError("secret"))
    )
    ribbon.press("functies")
    logging.disable(logging.NOTSET)
    ((mode, said),) = book.shown
    assert (mode, "secret" in said) == ("critical", False)
