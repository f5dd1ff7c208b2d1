"""What is left of a workbook when a refresh is killed, meets another, or meets a save.

    python benchmarks/aanvallen.py [kills pairs saves]

500 refreshes are killed at a moment of their own, 200 times two refreshes of the same workbook begin at once,
and 200 times a spreadsheet program saves the workbook while a refresh runs. After each of them the workbook
must be one that somebody wrote, whole, with what its user typed; and after one more refresh nothing else may
lie in the folder. It prints the counts, and stops at the first that is otherwise. Not on Windows: it forks.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.xlsx.package import Package

KILLS, PAIRS, SAVES = 500, 200, 200
NOTE, CUSTOMER = "kent de directeur", 2  # the column in which customers are


def refresh(book: Path, data: Path) -> int:
    """Begin a refresh in a process of its own, quietly; its number."""
    child = os.fork()
    if child:
        return child
    code = 70
    with contextlib.suppress(BaseException):
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        code = main(["ververs", str(book), "--gegevens", str(data), "--zonder-kopie"])
    os._exit(code)


def ended(child: int) -> int:
    """The exit code of a refresh, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def looked_at(book: Path) -> tuple[int, object, list[object]]:
    """How many refreshes the journal has, the figures by month, and whose the note is."""
    package = Package.open(book)
    sheet = load_workbook(book)["RFM"]
    whose = [
        sheet.cell(cell.row, CUSTOMER).value
        for row in sheet
        for cell in row
        if cell.comment and NOTE in cell.comment.text
    ]
    figures = tuple(map(tuple, package.read_table("tblKpi").rows))
    return len(package.read_table("tblJournaal").rows), figures, whose


def prepare(folder: Path) -> tuple[Path, list[Path]]:
    """A dashboard with a note on a customer, and two exports to refresh it from."""
    exports = []
    for at, count in enumerate((120, 150)):
        path = folder / f"export{at}.csv"
        path.write_text(sample_csv(sample_orders(customers=count)), encoding="utf-8")
        exports.append(path)
    book = folder / "eerste.xlsx"
    if main(["nieuw", "dashboard", "--gegevens", str(exports[0]), "--uit", str(book)]):
        raise SystemExit("no workbook to begin with")
    opened = load_workbook(book)
    sheet = opened["RFM"]
    top = sheet.tables["tblRfm"].ref.split(":")[0]
    sheet.cell(sheet[top].row + 4, CUSTOMER).comment = Comment(NOTE, "Jan")
    opened.save(book)
    return book, exports


class Attack:
    """One folder in which it happens, again and again."""

    def __init__(self, folder: Path) -> None:
        self.first, self.exports = prepare(folder)
        self.place = folder / "map"
        self.book = self.place / "dashboard.xlsx"
        self.counts: Counter[str] = Counter()
        self.fresh()
        began = time.monotonic()
        if ended(refresh(self.book, self.exports[1])):
            raise SystemExit("a refresh without an attack does not succeed")
        self.length = time.monotonic() - began
        self.refreshed = looked_at(self.book)
        self.fresh()
        self.before = looked_at(self.book)
        self.must(
            self.before[2] == self.refreshed[2] != [], "the customer with the note is in one export only"
        )

    def fresh(self) -> None:
        """The workbook as it was, alone in its folder."""
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        shutil.copy(self.first, self.book)

    def must(self, holds: bool, what: str) -> None:
        """Stop when something is not as it must be, and keep the folder to look at."""
        if not holds:
            kept = Path(tempfile.mkdtemp()) / "map"
            shutil.copytree(self.place, kept)
            raise SystemExit(f"{what}; see {kept}")

    def alone(self) -> None:
        """One more refresh leaves the workbook and nothing else."""
        self.must(ended(refresh(self.book, self.exports[1])) == 0, "the next refresh does not succeed")
        self.must([one.name for one in self.place.iterdir()] == [self.book.name], "something is left behind")
        self.must(looked_at(self.book)[2] == self.before[2], "the note is not with its customer")

    def kill(self) -> None:
        """A refresh that is killed: the workbook is the old or the new one."""
        self.fresh()
        child = refresh(self.book, self.exports[1])
        time.sleep(random.uniform(0, 1.1 * self.length))
        os.kill(child, signal.SIGKILL)
        killed = ended(child) < 0
        found = looked_at(self.book)
        self.must(found in (self.before, self.refreshed), "the workbook is neither the old nor the new one")
        self.counts["killed" if killed else "ready before it was killed"] += 1
        self.counts["the new workbook was there"] += killed and found == self.refreshed
        if random.random() < 0.1:
            self.alone()

    def pair(self) -> None:
        """Two at once: each that says that it succeeded is in the journal."""
        self.fresh()
        children = [refresh(self.book, export) for export in self.exports]
        codes = [ended(child) for child in children]
        journal, _, whose = looked_at(self.book)
        done = codes.count(0)
        self.must(set(codes) <= {0, 4}, f"exit codes {codes}")
        self.must(done >= 1, "nobody succeeded")
        self.must(
            journal == self.before[0] + done, f"{done} say that they succeeded, {journal} in the journal"
        )
        self.must(whose == self.before[2], "the note is not with its customer")
        self.counts["both, one after the other" if done == 2 else "one was refused"] += 1

    def save(self) -> None:
        """A program that saves meanwhile: what its user typed is there."""
        self.fresh()
        typed = f"getypt {random.random()}"
        opened = load_workbook(self.book)
        opened["RFM"]["A2"] = typed
        saved = self.place.parent / "bewaard.xlsx"
        opened.save(saved)
        child = refresh(self.book, self.exports[1])
        time.sleep(random.uniform(0, 1.1 * self.length))
        saved.replace(self.book)
        code = ended(child)
        self.must(code in (0, 4), f"exit code {code}")
        self.must(load_workbook(self.book)["RFM"]["A2"].value == typed, "what the user typed is gone")
        self.must(looked_at(self.book)[2] == self.before[2], "the note is not with its customer")
        self.counts["refused for the save" if code else "refreshed before or after the save"] += 1


def attack(wanted: list[int]) -> None:
    """All of it, in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        one = Attack(Path(name))
        print(f"a refresh takes {one.length:.1f} s")
        for what, count in zip((one.kill, one.pair, one.save), wanted, strict=True):
            one.counts.clear()
            for _ in range(count):
                what()
            print(
                f"{what.__name__} {count}: {dict(one.counts)}; nothing lost, nothing left behind", flush=True
            )


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of openpyxl, which drops what it does not know
    attack([int(one) for one in sys.argv[1:]] or [KILLS, PAIRS, SAVES])
