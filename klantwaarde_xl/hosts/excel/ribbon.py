"""What the buttons of the ribbon do, declared once: the add-in draws them, `press` runs them.

Each action gets the workbook in front, or the add-in itself when none is open, and tells the user in
Dutch what was done or went wrong.
"""

from __future__ import annotations

import logging
import platform
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlwings as xw

import klantwaarde_xl
from klantwaarde_xl.clock import now
from klantwaarde_xl.errors import HostError, KlantwaardeError, UsageError
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.excel.functions import TITLE, refresh_and_tell
from klantwaarde_xl.hosts.excel.names import put_functions
from klantwaarde_xl.leftovers import scratch

log = logging.getLogger(__name__)

ADD_IN = "klantwaarde_xl.xlam"


@dataclass(frozen=True)
class Button:
    """A button: its action, what stands on it, its icon (a name of Office's own) and what it says it does.

    of_templates: a menu with an item for each template. needs_book: whether a workbook must be open.
    """

    action: str
    label: str
    icon: str
    tip: str
    run: Callable[..., str | None]
    needs_book: bool = False
    of_templates: bool = False


def _press(action: str) -> None:
    """Do what a button says (`vernieuwen`, `nieuw:dashboard`), and tell the user how it went."""
    book = xw.Book.caller()
    name, _, choice = action.partition(":")
    try:
        button = _button(name)
        if button.needs_book and book.name.casefold() == ADD_IN:
            raise HostError(
                "Er is geen werkboek open.",
                remedy="Open het werkboek, en klik zo nodig op Bewerken inschakelen.",
            )
        said = button.run(book, choice) if choice else button.run(book)
    except KlantwaardeError as error:
        _tell(book, str(error), "critical")
    except Exception:
        # The wall between our code and the user: a traceback helps nobody there.
        log.exception("%s failed", action)
        _tell(book, f"Dit is door een onverwachte fout niet gelukt ({name}).", "critical")
    else:
        if said is not None:
            _tell(book, said, "info")


# As the add-in calls a function: the hints of type are not meant for xlwings, which would look for converters
press: Callable[[str], None] = xw.sub(xw.ret("default")(xw.arg("action", "raw")(_press)))


def _button(name: str) -> Button:
    for button in BUTTONS:
        if button.action == name:
            return button
    raise UsageError(
        f"Klantwaarde XL kent de knop {name} niet.",
        remedy="De invoegtoepassing is van een andere versie dan Klantwaarde XL zelf: dubbelklik opnieuw op "
        "Installeer in de map Klantwaarde XL.",
    )


def _tell(book: xw.Book, what: str, mode: Any) -> None:
    book.app.alert(what, title=TITLE, mode=mode)


# ── the actions ─────────────────────────────────────────────────────────────────────────────


def refresh(book: xw.Book) -> None:
    """Refresh the workbook in front; the report and the questions are those of `ververs`."""
    refresh_and_tell(book)


def new_workbook(book: xw.Book, template: str) -> None:
    """Open a new workbook made from a template; the user chooses where it is kept."""
    # Imported here: the workbooks need the analysis, and a cell function should not wait for it.
    from klantwaarde_xl.workbook.build import empty_workbook
    from klantwaarde_xl.workbook.templates import template as template_of

    built = empty_workbook(template_of(template), now=now().replace(microsecond=0))
    with scratch() as folder:
        path = folder / f"klantwaarde-{template}.xlsx"
        built.save(path)
        book.app.api.Workbooks.Add(str(path))  # a copy without a file: xlwings has no word for it


def functions(book: xw.Book) -> None:
    """Open a workbook with every function, its arguments and examples that compute."""
    new_workbook(book, "functies")


def name_functions(book: xw.Book) -> str:
    """Put the functions as names into the workbook in front, so that it computes elsewhere too."""
    named = put_functions(book)
    if named.added or named.renewed:
        added, renewed = len(named.added), len(named.renewed)
        lines = [
            f"In {book.name}: {added} functies als naam toegevoegd, {renewed} vernieuwd.",
            "Ze werken in Excel 365 en 2024, ook bij wie Klantwaarde XL niet heeft. Bewaar het werkboek.",
        ]
    else:
        lines = [f"De functies staan al in {book.name}; er is niets veranderd."]
    lines += (f"{one[0].upper()}{one[1:]}." for one in named.warnings())
    return "\n".join(lines)


def check(book: xw.Book) -> str:
    """What runs here, and whether it computes; that this is read at all says that Python answers."""
    example = REGISTRY["KLANTWAARDE"].examples[0]
    result = REGISTRY["KLANTWAARDE"](*example.args)
    computes = "klopt" if result == example.result else f"KLOPT NIET ({result})"
    return "\n".join(
        [
            f"Klantwaarde XL {klantwaarde_xl.__version__} antwoordt; een proefsom {computes}.",
            f"Functies: {len(REGISTRY)}. Excel {book.app.version}.",
            f"Python {platform.python_version()}: {sys.executable}",
            f"xlwings {xw.__version__}",
        ]
    )


def manual(book: xw.Book) -> None:
    """Show the manual of the functions in the browser; it is a file on this computer."""
    from klantwaarde_xl.hosts.manual import manual_page

    folder = Path(tempfile.gettempdir()) / "Klantwaarde XL"
    folder.mkdir(exist_ok=True)
    page = folder / "handleiding.html"
    page.write_text(manual_page(), encoding="utf-8")
    webbrowser.open(page.as_uri())


def about(book: xw.Book) -> str:
    """What this is, and on what it stands."""
    return "\n".join(
        [
            f"Klantwaarde XL {klantwaarde_xl.__version__}: klantwaarde in het rekenblad.",
            "Vrij te gebruiken (MIT-licentie). Gebouwd op xlwings (BSD-licentie).",
            "Uw gegevens blijven op deze computer.",
        ]
    )


BUTTONS = (
    Button(
        "vernieuwen",
        "Vernieuwen",
        "RefreshAll",
        "Reken het werkboek opnieuw door met de gegevens die erin staan.",
        refresh,
        needs_book=True,
    ),
    Button(
        "nieuw",
        "Nieuwe werkmap",
        "FileNew",
        "Open een nieuw werkboek van Klantwaarde XL.",
        new_workbook,
        of_templates=True,
    ),
    Button(
        "functies",
        "Functies",
        "FunctionWizard",
        "Open een werkboek met alle functies, hun argumenten en voorbeelden.",
        functions,
    ),
    Button(
        "functienamen",
        "Functies in dit werkboek zetten",
        "NameManager",
        "Zet de functies als namen in dit werkboek, zodat het ook rekent bij wie Klantwaarde XL niet heeft "
        "(Excel 365 en 2024).",
        name_functions,
        needs_book=True,
    ),
    Button("controle", "Controle", "ErrorChecking", "Kijk of alles werkt, en wat eraan te doen is.", check),
    Button("handleiding", "Handleiding", "Help", "Alle functies met uitleg en voorbeelden.", manual),
    Button("over", "Over", "Info", "Welke versie dit is.", about),
)
