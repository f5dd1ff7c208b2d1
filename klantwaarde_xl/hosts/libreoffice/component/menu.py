# ruff: noqa: D102, N802 - UNO names these methods and documents them
"""The menu Klantwaarde: refresh the open workbook, and say how this installation is doing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX, INFOBOX, QUERYBOX
from com.sun.star.frame import DispatchResultEvent, FeatureStateEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.lang import XInitialization, XServiceInfo

from .apply import apply
from .below import Below
from .facts import FACTS, HANDLER, PROTOCOL, TITLE, Refused
from .link import LINK, Lost
from .seen import pointing, under
from .workbook import contents

SERVICES = ("com.sun.star.frame.ProtocolHandler", HANDLER)
SUCCESS, FAILURE = 1, 0  # com.sun.star.frame.DispatchResultState
OK_BUTTON, OK_CANCEL_BUTTONS = 1, 2  # com.sun.star.awt.MessageBoxButtons
OK = 1  # com.sun.star.awt.MessageBoxResults


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
        done, message = self._run(url.Path, self._ask)
        if message:
            self._show(done, message)

    def dispatchWithNotification(self, url: Any, arguments: tuple[Any, ...], listener: Any) -> None:
        if listener is None:
            self.dispatch(url, arguments)
        else:
            done, message = self._run(url.Path, _yes)
            listener.dispatchFinished(DispatchResultEvent(self, SUCCESS if done else FAILURE, message))

    def _run(self, command: str, ask: Callable[[str], bool]) -> tuple[bool, str]:
        try:
            return True, COMMANDS[command](self._frame.getController().getModel(), ask)
        except Refused as refused:
            return False, str(refused)
        except Lost:
            return False, "De rekenmachine van Klantwaarde XL is twee keer gestopt. Er is niets geschreven."
        except Exception as error:  # the wall: a caller that waits for the answer must get one
            return False, f"Er ging iets mis in Calc, er is niets geschreven: {type(error).__name__}: {error}"

    def _show(self, done: bool, message: str) -> None:
        self._box(INFOBOX if done else ERRORBOX, OK_BUTTON, message)

    def _ask(self, question: str) -> bool:
        return self._box(QUERYBOX, OK_CANCEL_BUTTONS, f"{question}\n\nWilt u verversen?") == OK

    def _box(self, kind: Any, buttons: int, message: str) -> int:
        window = self._frame.getContainerWindow()
        box = window.getToolkit().createMessageBox(window, kind, buttons, TITLE, message)
        answer: int = box.execute()
        box.dispose()
        return answer


def _yes(_: str) -> bool:
    """The answer of a caller that cannot be asked: what goes is kept on a sheet."""
    return True


def refresh(document: Any, ask: Callable[[str], bool]) -> str:
    """Compute the workbook's tables anew and write them; returns what was done.

    ask: whether values of the user's may go, before anything changes; after a no there is nothing
    to tell.
    """
    if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        raise Refused("Dit is geen werkboek.", remedy="Open een werkboek van Klantwaarde XL in Calc.")
    below = Below(document)
    done = False
    try:
        below.take_in(FACTS["growing"])
        read = {**contents(document), "taken": below.taken, "pointing": pointing(document)}
        read["under"] = under(document, FACTS["growing"])
        verdict, *answer = LINK.ask("refresh", read, fresh=True)
        if verdict != "plan":
            raise Refused(*answer)
        (plan,) = answer
        if plan["question"] and not ask(plan["question"]):
            return ""
        apply(document, plan)
        done = True
        below.go_on()
    finally:
        if not done:
            below.give_back()
    back = "\nMet Ongedaan maken is alles weer zoals het was." if plan["lost"] else ""
    words: str = plan["words"]
    return words + back


def about(document: Any, ask: Callable[[str], bool]) -> str:
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
