# ruff: noqa: D102, N802 - UNO names these methods and documents them
"""The menu Klantwaarde: refresh the open workbook, and say how this installation is doing."""

from __future__ import annotations

from typing import Any

import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX, INFOBOX
from com.sun.star.frame import DispatchResultEvent, FeatureStateEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.lang import XInitialization, XServiceInfo

from .apply import apply
from .facts import FACTS, HANDLER, PROTOCOL, TITLE, Refused
from .link import LINK, Lost
from .workbook import contents

SERVICES = ("com.sun.star.frame.ProtocolHandler", HANDLER)
SUCCESS, FAILURE = 1, 0  # com.sun.star.frame.DispatchResultState
OK_BUTTON = 1


class Menu(unohelper.Base, XDispatchProvider, XNotifyingDispatch, XInitialization, XServiceInfo):
    """Runs the commands `nl.klantwaarde:ververs` and `nl.klantwaarde:over`.

    A menu click shows its message in a box. A caller that asks to be notified (a macro, a test, a
    headless run) gets the same text as the result, and no box that would wait for a click.
    """

    def __init__(self, context: Any, *arguments: Any) -> None:
        self._context = context
        self._frame = arguments[0] if arguments else None

    def initialize(self, arguments: tuple[Any, ...]) -> None:
        self._frame = arguments[0] if arguments else None

    def getImplementationName(self) -> str:
        return HANDLER

    def supportsService(self, name: str) -> bool:
        return name in SERVICES

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return SERVICES

    def queryDispatch(self, url: Any, target: str, flags: int) -> Any:
        return self if url.Protocol == PROTOCOL and url.Path in COMMANDS else None

    def queryDispatches(self, requests: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.queryDispatch(r.FeatureURL, r.FrameName, r.SearchFlags) for r in requests)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        event = FeatureStateEvent()
        event.FeatureURL = url
        event.IsEnabled = True
        event.Source = self
        listener.statusChanged(event)

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """Nothing to undo: the commands are always enabled, so no listener is kept."""

    def dispatch(self, url: Any, arguments: tuple[Any, ...]) -> None:
        done, message = self._run(url.Path)
        self._show(done, message)

    def dispatchWithNotification(self, url: Any, arguments: tuple[Any, ...], listener: Any) -> None:
        done, message = self._run(url.Path)
        if listener is None:
            self._show(done, message)
        else:
            listener.dispatchFinished(DispatchResultEvent(self, SUCCESS if done else FAILURE, message))

    def _run(self, command: str) -> tuple[bool, str]:
        try:
            return True, COMMANDS[command](self._frame.getController().getModel())
        except Refused as refused:
            return False, str(refused)
        except Lost:
            return False, "De rekenmachine van Klantwaarde XL is twee keer gestopt. Er is niets geschreven."
        except Exception as error:  # the wall: a caller that waits for the answer must get one
            return False, f"Er ging iets mis in Calc, er is niets geschreven: {type(error).__name__}: {error}"

    def _show(self, done: bool, message: str) -> None:
        window = self._frame.getContainerWindow()
        kind = INFOBOX if done else ERRORBOX
        box = window.getToolkit().createMessageBox(window, kind, OK_BUTTON, TITLE, message)
        box.execute()
        box.dispose()


def refresh(document: Any) -> str:
    """Compute the workbook's tables anew and write them; returns what was done."""
    if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        raise Refused("Dit is geen werkboek.", remedy="Open een werkboek van Klantwaarde XL in Calc.")
    verdict, *answer = LINK.ask("refresh", contents(document), fresh=True)
    if verdict != "plan":
        raise Refused(*answer)
    (plan,) = answer
    lost = apply(document, plan)
    lines = [f"Het werkboek is ververst: {_count(plan['tables'])}."]
    if lost:
        lines.append(
            f"Rijen die er niet meer zijn maar waarin u zelf iets had gezet: {lost}. "
            "Met Ongedaan maken komen ze terug."
        )
    return "\n".join(lines)


def _count(tables: list[Any]) -> str:
    return ", ".join(f"{write['name']} {len(write['rows'])} rijen" for write in tables) or "geen tabellen"


def about(document: Any) -> str:
    """Say which versions work together, or why they do not and what to do about it."""
    lines = [f"{TITLE} {FACTS['version']}, {len(FACTS['functions'])} functies"]
    try:
        hello = LINK.hello()
    except Refused as refused:
        return "\n".join([*lines, "", str(refused)])
    lines.append(f"Rekent met Python {hello['python']}: {LINK.python}")
    if hello["version"] != FACTS["version"]:
        lines += [
            "",
            f"Deze extensie is van versie {FACTS['version']}, de rekenmachine van {hello['version']}.",
            "Oplossing: installeer de extensie opnieuw uit het pakket waarmee u rekent.",
        ]
    return "\n".join(lines)


COMMANDS = {"ververs": refresh, "over": about}
