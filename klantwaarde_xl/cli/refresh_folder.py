"""`klantwaarde ververs MAP`: every workbook of a folder that is not up to date, from its own data.

One that cannot be refreshed does not keep the others from it. What belongs to a workbook is what it was made
or last refreshed from (`workbook.sources`), or what the command names for all of them.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from klantwaarde_xl import clock
from klantwaarde_xl.cli.dutch_parser import options_given
from klantwaarde_xl.cli.folder_state import FolderState, state_of
from klantwaarde_xl.cli.logbook import Logbook, in_counts, kind_of_error
from klantwaarde_xl.cli.progress import progress
from klantwaarde_xl.cli.reading import ABOUT_A_FILE, files_of
from klantwaarde_xl.cli.refresh import Say, refresh_from
from klantwaarde_xl.cli.settings import SETTINGS
from klantwaarde_xl.cli.unexpected import unexpected
from klantwaarde_xl.errors import FileUnreadable, KlantwaardeError, UsageError, WorkbookError, WorkbookInUse
from klantwaarde_xl.typed_words import as_typed
from klantwaarde_xl.xlsx.saving import digest_of, is_copy, refuse_if_open

if TYPE_CHECKING:
    from klantwaarde_xl.workbook.blocks import Template

PARTLY = 6  # the exit code when some were refreshed and some refused
AT_REST = 2.0  # seconds in which a file that is whole does not change
_LOOKS = 5  # how often to look whether it is
_ALLOWED = ("gegevens", "overslaan")

Pause = Callable[[float], None]
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Work:
    """A workbook that is not up to date: what it is made from by the name of the table, and the digests."""

    book: Path
    files: Mapping[str, str]
    own: str
    data: str

    def stamp(self) -> Stamp:
        """What changes while a file is written: names, sizes and times, of the workbook too."""
        found = []
        for path in [self.book, *_behind(self.files)]:
            try:
                state = path.stat()
            except OSError:
                continue
            found.append((str(path), state.st_size, state.st_mtime_ns))
        return tuple(found)


@dataclass
class Folder:
    """The refresh of a folder: what was asked, what it said of each workbook last, and how each stands.

    codes: by the name of a workbook the exit code of its last refresh, 0 for one that is up to date.
    """

    options: argparse.Namespace
    state: FolderState
    log: Logbook
    say: Say
    files: Mapping[str, str]
    pause: Pause = time.sleep
    codes: dict[str, int] = field(default_factory=dict)
    _said: dict[str, str] = field(default_factory=dict)
    _looked: dict[Path, tuple[Stamp, str, tuple[Template, dict[str, str]] | None]] = field(
        default_factory=dict
    )

    @property
    def path(self) -> Path:
        """The folder."""
        return Path(self.options.werkboek)

    def code(self) -> int:
        """0 when all are up to date, `PARTLY` when some are, else why the first was refused."""
        refused = [code for code in self.codes.values() if code]
        if not refused:
            return 0
        return PARTLY if len(refused) < len(self.codes) else refused[0]

    # What there is to do

    def work(self) -> list[Work]:
        """The workbooks that are not up to date, by name; those that cannot be looked into are told."""
        found: list[Work] = []
        names = [path.name for path in _workbooks(self.path)]
        for name in [name for name in self.codes if name not in names]:
            del self.codes[name]
        for name in names:
            try:
                work = self._work_on(self.path / name)
            except Exception as error:
                self.refused(name, error)
                continue
            if work is None:
                self.codes.pop(name, None)
            elif self.state.is_done(name, work.own, work.data):
                self.codes[name] = 0
                self._said.pop(name, None)
            else:
                found.append(work)
        return found

    def _work_on(self, book: Path) -> Work | None:
        """What is to be done for a file; None for one that is no workbook of ours to refresh."""
        from klantwaarde_xl.workbook.content import needs
        from klantwaarde_xl.workbook.refresh import origin_in

        stamp = Work(book, {}, "", "").stamp()
        if self._looked.get(book, ((), "", None))[0] != stamp:
            try:
                own = _digest([book])
                self._looked[book] = (stamp, own, origin_in(book))
            except (FileUnreadable, WorkbookError) as error:
                if self.state.knows(book.name) or isinstance(error, WorkbookInUse):
                    raise
                self.tell(book.name, f"{book.name}: overgeslagen; {error.what[0].lower()}{error.what[1:]}")
                return None
        _, own, origin = self._looked[book]
        if origin is None:
            return None
        template, kept = origin
        given = {name: file for name, file in self.files.items() if name in needs(template)}
        files = {name: str(self.path / file) for name, file in kept.items() if name in needs(template)}
        files = {name: {**files, **given}[name] for name in needs(template) if name in {**files, **given}}
        return Work(book, files, own, _digest_of_data(files))

    def refuse_unused(self) -> None:
        """Raise `UsageError` for files that no workbook of the folder uses, where it has any."""
        from klantwaarde_xl.workbook.content import needs

        origins = [origin for _, _, origin in self._looked.values() if origin is not None]
        used = {name for template, _ in origins for name in needs(template)}
        idle = [name for name in self.files if name not in used]
        if origins and idle:
            raise UsageError(
                f"Geen werkboek in deze map gebruikt {' of '.join(idle)}.",
                where=str(self.path),
                remedy="Laat het weg, of kies een andere map.",
            )

    # Doing it

    def run(self, works: Sequence[Work], moving: Sequence[Work] = ()) -> None:
        """Refresh these workbooks, each that can be; moving: those of them to refuse, as `moving` tells."""
        for work in works:
            try:
                if work in moving:
                    raise FileUnreadable(
                        "Er wordt nog in een van de bestanden geschreven.",
                        where=", ".join(map(str, _behind(work.files))) or str(work.book),
                        remedy="Wacht tot het klaar is; de volgende keer wordt het opnieuw geprobeerd.",
                    )
                self._refresh(work)
            except Exception as error:
                self.refused(work.book.name, error)

    def moving(self, works: Sequence[Work]) -> list[Work]:
        """Those of which a file goes on changing while we look."""
        moving = list(works)
        for _ in range(_LOOKS):
            if not moving:
                break
            before = [work.stamp() for work in moving]
            self.pause(AT_REST)
            moving = [work for work, stamp in zip(moving, before, strict=True) if work.stamp() != stamp]
        return moving

    def _refresh(self, work: Work) -> None:
        name, stamp = work.book.name, work.stamp()
        refuse_if_open(work.book)
        lacking = [file for file in work.files.values() if _is_gone(file)]
        if lacking:
            raise FileUnreadable(
                "De gegevens bij dit werkboek zijn er niet meer.",
                where=", ".join(lacking),
                remedy="Zet ze terug, of noem andere: "
                f"klantwaarde ververs {as_typed(work.book)} --gegevens BESTAND",
            )

        def refuse_changed() -> None:
            if work.stamp() != stamp:
                raise FileUnreadable(
                    "Een van de bestanden veranderde terwijl het werd gelezen. Er is niets geschreven.",
                    where=", ".join(map(str, _behind(work.files))) or str(work.book),
                    remedy="Wacht tot het klaar is; de volgende keer wordt het opnieuw geprobeerd.",
                )

        data = _digest_of_data(work.files)
        with progress(2, silent=self.options.stil) as step:
            done = refresh_from(
                self.options,
                work.book,
                work.files,
                now=clock.now().replace(microsecond=0),
                step=step,
                refuse_changed=refuse_changed,
            )
        self.codes[name] = 0
        self.state.done(name, _digest([work.book]), data)
        self.log.note(name, in_counts(done.tables, done.refreshed.report), 0)
        source = (
            ", ".join(Path(file).name or "deze map" for file in work.files.values()) or "de eigen tabellen"
        )
        said = [f"{name}: ververst uit {source}", *(f"  {line}" for line in done.words()[1:])]
        said += [f"  {line}" for line in done.refreshed.about_copies()]
        self._said.pop(name, None)
        self.say("\n".join(said), False)

    # Saying it

    def refused(self, name: str, error: Exception) -> None:
        """Tell why a workbook was not refreshed, once for as long as the reason stays the same."""
        logging.info("niet ververst: %s", name, exc_info=error)
        known = error if isinstance(error, KlantwaardeError) else unexpected(error)
        self.codes[name] = known.exit_code
        if self._said.get(name) != str(known):
            self._said[name] = str(known)
            first, *rest = str(known).splitlines()
            self.say("\n".join([f"Fout: {name}: {first}", *rest]), True)
            self.log.note(name, kind_of_error(known), known.exit_code)

    def tell(self, name: str, words: str) -> None:
        """Say something about a file that is no refusal, once."""
        if self._said.get(name) != words:
            self._said[name] = words
            self.say(words, False)

    def in_sum(self) -> str:
        """How all of them stand."""
        refused = sum(code != 0 for code in self.codes.values())
        if not self.codes:
            return "In deze map staat geen werkboek van Klantwaarde XL om te verversen."
        good = len(self.codes) - refused
        return f"{good} van {len(self.codes)} bijgewerkt" + (f", {refused} geweigerd." if refused else ".")


def refresh_folder(options: argparse.Namespace, say: Say, *, pause: Pause = time.sleep) -> int:
    """Refresh the workbooks of a folder once, or with `--volg` until it is stopped; returns the exit code.

    say: is told what was done; pause: waits for so many seconds. Raises `UsageError` for options that a
    folder does not take, `WorkbookInUse` when another command is at it.
    """
    files = _files_given(options)
    log = Logbook(options.logboek)
    with state_of(options.werkboek) as state:
        folder = Folder(options, state, log, say, files, pause)
        works = folder.work()
        folder.refuse_unused()
        if options.volg:
            from klantwaarde_xl.cli.follow import follow

            return follow(folder)
        folder.run(works, folder.moving(works))
    log.note(folder.path.resolve().name, folder.in_sum().lower().rstrip("."), folder.code())
    say(folder.in_sum(), False)
    return folder.code()


def _files_given(options: argparse.Namespace) -> dict[str, str]:
    """The files that the command names for all workbooks; `UsageError` for what belongs to one workbook."""
    from klantwaarde_xl.data.tables import tables

    alone = [*(name for name in ABOUT_A_FILE if name not in _ALLOWED), *SETTINGS]
    if given := options_given(options, alone):
        raise UsageError(
            f"Bij een map {'kan' if len(given) == 1 else 'kunnen'} {' en '.join(given)} niet.",
            remedy="Zeg het één keer bij het werkboek zelf: klantwaarde ververs WERKBOEK.xlsx --gegevens "
            "BESTAND …; het onthoudt hoe zijn gegevens te lezen zijn.",
        )
    files = files_of(options.gegevens, list(tables()))
    for file in files.values():
        if options.volg and not _of_files(file):
            raise UsageError(
                "Een database op een server is niet te volgen: daar is niet te zien dat er iets veranderde.",
                remedy="Laat --volg weg en plan de opdracht, elk uur of elke nacht.",
            )
        if _is_gone(file):
            raise FileUnreadable(
                "Dit bestand bestaat niet.", where=file, remedy="Controleer de naam en de map."
            )
    return files


def _workbooks(folder: Path) -> list[Path]:
    """What may be workbooks of the user's: no copies of ours, and nothing of a program."""
    try:
        there = sorted(folder.iterdir())
    except OSError as error:
        raise unexpected(error) from error
    found = [
        path
        for path in there
        if path.suffix.lower() in (".xlsx", ".xlsm")
        and path.name[0] not in ".~"
        and not is_copy(path)
        and path.is_file()
    ]
    # A link beside what it points at is the same workbook once more
    own = {path.resolve() for path in found if not path.is_symlink()}
    return [path for path in found if not path.is_symlink() or path.resolve() not in own]


def _of_files(source: str) -> bool:
    from klantwaarde_xl.workbook.sources import files_behind

    return files_behind(source) is not None


def _is_gone(source: str) -> bool:
    from klantwaarde_xl.workbook.sources import files_behind

    return files_behind(source) == []


def _behind(files: Mapping[str, str]) -> list[Path]:
    from klantwaarde_xl.workbook.sources import files_behind

    return [path for file in files.values() for path in files_behind(file) or ()]


def _digest(paths: list[Path]) -> str:
    """A digest of names and contents."""
    parts = []
    for path in paths:
        try:
            parts.append(path.name.encode() + b"\0" + digest_of(path.read_bytes()))
        except OSError as error:
            raise FileUnreadable(
                "Dit bestand is niet te openen.",
                where=str(path),
                remedy="Sluit het in andere programma's en controleer of u het mag lezen.",
            ) from error
    return digest_of(b"\0".join(parts)).hex()


def _digest_of_data(files: Mapping[str, str]) -> str:
    """A digest of all that a workbook is made from; empty where it cannot tell that nothing changed."""
    if not all(map(_of_files, files.values())):
        return ""
    names = ",".join(f"{name}={len(_behind({name: file}))}" for name, file in files.items())
    return f"{digest_of(names.encode()).hex()}{_digest(_behind(files))}"
