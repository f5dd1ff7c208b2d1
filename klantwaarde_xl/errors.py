"""The error tree.

KlantwaardeError              what, where, remedy (Dutch), and the cell error it becomes
├── FunctionError             raised while a function is computed: shows as a cell error
│   ├── DivisionByZero        #DIV/0!   nothing to divide by: no customers, no orders
│   ├── OutOfRange            #NUM!     a number the definition does not allow
│   ├── NotAvailable          #N/A      there is no answer: never paid back, no data left
│   ├── WrongType             #VALUE!   text where a number should be
│   └── ErrorInArgument       the error of the cell that was passed in
├── SpecError                 a declaration in functions/ breaks a rule (for developers)
├── DataError                 the user's data
│   ├── FileUnreadable        missing, empty, locked, another type than its name says
│   ├── ColumnsMissing        no customer, date or amount column
│   ├── Ambiguous             dates or numbers that can be read in two ways
│   └── RowsRefused           rows with problems, each with its row and column
├── WorkbookError             the user's workbook: nothing was written
│   ├── WorkbookUnsafe        encrypted, signed, a zip bomb, not a workbook
│   ├── WorkbookChanged       a table or column of ours was renamed or removed
│   ├── WorkbookInUse         open in Excel or LibreOffice
│   └── WorkbookFull          more rows than a sheet holds, or no room below a table
├── HostError                 a host (Excel, LibreOffice) cannot do what was asked
└── UsageError                the words of a command are off
"""

from __future__ import annotations

import errno
import struct
from enum import Enum


class CellError(Enum):
    """An error value of a spreadsheet cell.

    text: what files and programs hold; code: LibreOffice's number for it; dutch: what a Dutch
    Excel shows; in_calc: what a Dutch LibreOffice shows.
    """

    DIV0 = ("#DIV/0!", 532, "#DEEL/0!", "#DELING.DOOR.0!")
    NUM = ("#NUM!", 503, "#GETAL!")
    NA = ("#N/A", 32767, "#N/B")
    VALUE = ("#VALUE!", 519, "#WAARDE!")
    REF = ("#REF!", 524, "#VERW!")
    NAME = ("#NAME?", 525, "#NAAM?")
    NULL = ("#NULL!", 521, "#LEEG!")

    def __init__(self, text: str, code: int, dutch: str, in_calc: str = "") -> None:
        self.text = text
        self.code = code
        self.dutch = dutch
        self.in_calc = in_calc or dutch
        # A quiet NaN with the error's number as payload: arithmetic carries it along, and
        # LibreOffice shows exactly this bit pattern as the error.
        self.nan: float = struct.unpack("<d", struct.pack("<II", code, 0x7FF80000))[0]

    def __str__(self) -> str:
        return self.text


# What each means to a user, in Dutch; which of it holds is declared with every function
MEANINGS = {
    CellError.NUM: "een getal ligt buiten wat de berekening toelaat, zoals een retentie boven 1",
    CellError.VALUE: "tekst of een lege cel waar een getal of datum hoort, of kolommen van ongelijke lengte",
    CellError.DIV0: "er is niets om door te delen: geen klanten, geen orders, geen antwoorden",
    CellError.NA: "er is geen antwoord in deze gegevens, zoals een klant die nooit wordt terugverdiend",
    CellError.NAME: "de functie is hier niet bekend: niet geïnstalleerd, of verkeerd getypt",
    CellError.REF: "de formule wijst naar cellen die er niet meer zijn",
    CellError.NULL: "twee bereiken in de formule hebben geen cel gemeen",
}
# Under every name that a cell can show; a copy as text keeps the name that its user saw.
BY_TEXT = {text: error for error in CellError for text in (error.text, error.dutch, error.in_calc)}
BY_CODE = {error.code: error for error in CellError}


def error_of(value: float) -> CellError | None:
    """Return the cell error that a NaN stands for; None for a number; a plain NaN is #NUM!."""
    if value == value:
        return None
    low: int = struct.unpack("<II", struct.pack("<d", value))[0]
    return BY_CODE.get(low, CellError.NUM)


_REFUSALS = {
    errno.ENOENT: "dit bestand of deze map bestaat niet",
    errno.EEXIST: "er staat al iets met deze naam",
    errno.ENOTDIR: "dit is geen map",
    errno.EISDIR: "dit is een map, geen bestand",
    errno.ENOTEMPTY: "deze map is niet leeg",
    errno.ENOSPC: "de schijf is vol",
    errno.EROFS: "op deze schijf kan niet worden geschreven",
    errno.ENAMETOOLONG: "deze naam is te lang",
    errno.EACCES: "u hebt er geen rechten voor",
    errno.EPERM: "u hebt er geen rechten voor",
    errno.EBUSY: "een ander programma houdt het vast",
    errno.EIO: "de schijf geeft een fout",
    errno.EFBIG: "een bestand mag hier niet zo groot worden",
    errno.EMFILE: "er zijn te veel bestanden open",
    errno.ENOMEM: "er is te weinig geheugen",
    errno.ELOOP: "de koppeling wijst in een kring naar zichzelf",
}
_REFUSALS |= {  # of disks on a network; not every system has them
    getattr(errno, name): why
    for name, why in (
        ("EDQUOT", "uw ruimte op deze schijf is op"),
        ("ESTALE", "de schijf in het netwerk is niet meer bereikbaar"),
        ("EHOSTDOWN", "de schijf in het netwerk is niet meer bereikbaar"),
        ("ENOTCONN", "de schijf in het netwerk is niet meer bereikbaar"),
        ("ETIMEDOUT", "de schijf in het netwerk antwoordt niet"),
    )
    if hasattr(errno, name)
}


def refusal(error: OSError) -> str:
    """Say in Dutch why the operating system refuses; a rare reason by its number, never in English."""
    return _REFUSALS.get(error.errno or 0, f"het besturingssysteem weigert het (fout {error.errno})")


class KlantwaardeError(Exception):
    """The root: what happened, where, and what the user can do about it (all in Dutch)."""

    cell = CellError.VALUE
    exit_code = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"Waar: {self.where}")
        if self.remedy:
            lines.append(f"Oplossing: {self.remedy}")
        return "\n".join(lines)


class FunctionError(KlantwaardeError):
    """A spreadsheet function has no value for these arguments."""


class DivisionByZero(FunctionError):
    """There is nothing to divide by."""

    cell = CellError.DIV0


class OutOfRange(FunctionError):
    """A number lies outside what the definition allows."""

    cell = CellError.NUM


class NotAvailable(FunctionError):
    """The question has no answer in these data."""

    cell = CellError.NA


class WrongType(FunctionError):
    """Text or a blank where a number or date is needed."""

    cell = CellError.VALUE


class ErrorInArgument(FunctionError):
    """A cell that was passed in holds an error; the result is the same error."""

    def __init__(self, error: CellError, *, where: str = "") -> None:
        super().__init__(f"Een cel bevat de fout {error.text}.", where=where)
        self.cell = error


class SpecError(KlantwaardeError):
    """A function declaration breaks a rule that a host would punish."""


class DataError(KlantwaardeError):
    """Something is wrong with the user's data."""

    exit_code = 3


class FileUnreadable(DataError):
    """A file is missing, empty, locked, or of another type than its name says."""


class ColumnsMissing(DataError):
    """A needed column could not be found; absent: the headers that were asked for and are not there."""

    absent: tuple[str, ...] = ()


class Ambiguous(DataError):
    """Dates or numbers can be read in two ways; the user has to say which."""


class RowsRefused(DataError):
    """Rows could not be read; every one is in the report."""


class WorkbookError(KlantwaardeError):
    """Something is wrong with the user's workbook; it was left as it was."""

    exit_code = 4


class WorkbookUnsafe(WorkbookError):
    """The file is encrypted, signed, damaged, hostile, or no workbook."""


class OddContent(WorkbookUnsafe, ValueError):
    """What should be an address or a number in a file is none; wanted: what it should be, in words."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(
            f"In het werkboek staat {found[:40]!r} waar {wanted} hoort.",
            remedy="Open het bestand in Excel, laat het herstellen en sla het opnieuw op.",
        )


class WorkbookChanged(WorkbookError):
    """A table, column or name that the program needs is gone or renamed."""


class WorkbookInUse(WorkbookError):
    """The workbook is open in a spreadsheet program or cannot be written."""


class WorkbookFull(WorkbookError):
    """The rows do not fit in the sheet, or the user's own cells are in the way."""


class HostError(KlantwaardeError):
    """A spreadsheet program cannot do what was asked."""

    exit_code = 5


class UsageError(KlantwaardeError):
    """The words of a command are off."""

    exit_code = 2
