"""What to say of an error that is not our own: of the system, of a library, of a mistake of ours."""

from __future__ import annotations

from klantwaarde_xl.data.reading.sources.engine import lacks_room
from klantwaarde_xl.errors import KlantwaardeError, WorkbookInUse, refusal


def is_stopped(error: BaseException) -> bool:
    """Whether an error comes of Ctrl-C, which the engine tells in one of its own while it looks for rows."""
    seen: BaseException | None = error
    while seen is not None:
        engine = type(seen).__name__ == "InterruptException" or str(seen) == "Query interrupted"
        if engine or isinstance(seen, KeyboardInterrupt):
            return True
        seen = seen.__cause__
    return False


def unexpected(error: Exception) -> KlantwaardeError:
    """An error that says what happened, and what to do, in place of one that nobody foresaw."""
    if isinstance(error, ImportError):
        return KlantwaardeError(
            f"Een onderdeel van Klantwaarde XL ontbreekt of laadt niet: {error.name or error}.",
            remedy="`klantwaarde doctor` zegt welk, en wat u kunt doen.",
        )
    if isinstance(error, PermissionError):
        return WorkbookInUse(
            "Dit bestand of deze map mag ik niet schrijven.",
            where=str(error.filename or ""),
            remedy="Sluit het bestand in andere programma's, of kies een andere map.",
        )
    if isinstance(error, OSError):
        return KlantwaardeError(
            f"Dat lukt niet: {refusal(error)}.",
            where=str(error.filename or ""),
            remedy="Controleer de naam, de map en de vrije ruimte.",
        )
    return lacks_room(error) or KlantwaardeError(
        f"Er ging iets mis dat niet had mogen gebeuren ({type(error).__name__}: {error}).",
        remedy="Voer de opdracht nog eens uit met --debug erachter en stuur ons de uitvoer.",
    )
