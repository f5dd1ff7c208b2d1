"""What is asked of a source: by the user now, by an earlier recipe; and the recipe that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.cells.written import Written, since
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.load import Loaded
from klantwaarde_xl.data.reading.naming.candidates import candidates, other_candidates
from klantwaarde_xl.data.reading.naming.headers import ABSENT, name_of
from klantwaarde_xl.data.reading.questions import changes
from klantwaarde_xl.data.reading.questions.recipe import Recipe, following
from klantwaarde_xl.data.reading.revenue.currency_said import currency_of_rows
from klantwaarde_xl.data.reading.sources.source import WORKBOOK_NAMES
from klantwaarde_xl.data.reading.sources.text import RawText
from klantwaarde_xl.data.reading.sources.typed import TableSource, Typed
from klantwaarde_xl.data.tables import Table
from klantwaarde_xl.errors import ColumnsMissing

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """The table to read, and how.

    said: our column name to the file's header, as the user says now, and reading: his choices; sheets: that
    are named; recipe: of an earlier export, for what he does not say.
    """

    table: Table
    said: Mapping[str, str] | None = None
    reading: Reading | None = None
    sheets: tuple[str, ...] = ()
    recipe: Recipe | None = None

    @property
    def columns(self) -> Mapping[str, str] | None:
        """Our column name to the file's header, of user and recipe."""
        return self.said if self.recipe is None else self.recipe.columns_with(self.said)

    @property
    def choices(self) -> Reading:
        """The choices of user and recipe."""
        said = self.reading or Reading()
        return said if self.recipe is None else self.recipe.reading_with(said)

    def found(self, read: Callable[[Mapping[str, str] | None], T]) -> T:
        """What reads with these columns; raises `ColumnsMissing` that says so when the recipe's are gone."""
        try:
            return read(self.columns)
        except ColumnsMissing as error:
            if self.recipe is None:
                raise
            raise changes.columns_gone(error, self.columns or {}, self.table) from None

    def about_columns(self, loaded: Loaded, where: str) -> list[str]:
        """Notes on the columns that were found; raises as `changes.check_columns`."""
        others = candidates(loaded.headers, self.table, loaded.known)
        if self.recipe is None:
            return other_candidates(others) if self.said is None else []
        by = [header for header, _ in self.choices.by_user]
        came = changes.check_columns(loaded, self.recipe, self.said or {}, by, where)
        return [
            *came,
            *changes.new_candidates(others, self.recipe),
            *changes.new_aspects(loaded.passed, self.recipe),
        ]

    def export(self, con: duckdb.DuckDBPyConnection, loaded: Loaded, raw: RawText | Typed) -> Export:
        """The rows of a file on their way to the table."""
        return Export(
            con,
            loaded.table,
            loaded.headers,
            loaded.header_row,
            loaded.taken,
            # What the amounts on lines were before gives way to data that tell otherwise
            replace(self.choices, lines=(self.reading or Reading()).lines),
            absent=frozenset(name for name, header in (self.columns or {}).items() if header == ABSENT),
            named=frozenset(self.columns or {}),
            earlier=self.recipe,
            source=raw.source,
            marked=raw.rows_marked if isinstance(raw, RawText) else {},
            numbers=loaded.numbers,
            find_currency=currency_of_rows,
        )

    def changes(self, export: Export, written: Written, kind: str) -> list[str]:
        """Notes on what is not as the recipe says; raises `Ambiguous` for what would be read otherwise."""
        if self.recipe is None:
            return []
        said = self.reading or Reading()
        usual = self.recipe.reading.usual
        unsaid = replace(
            usual,
            decimal=None if said.decimal else usual.decimal,
            date_order=None if said.date_order else usual.date_order,
        )
        return [
            *changes.changed_kind(kind, self.recipe.kind),
            *changes.changed_writing(written, unsaid),
            *changes.changed_currency(export, self.recipe),
            *changes.changed_rows(export, self.recipe),
            *export.changes,
        ]

    def recipe_of(self, export: Export, loaded: Loaded, written: Written, kind: str) -> Recipe:
        """How to read the next export the same way.

        A column that was found and could not be read for certain is one that the next time is not to be
        taken either.
        """
        taken = {name: name_of(loaded.headers, place) for name, place in export.places.items()}
        dropped = dict.fromkeys(set(loaded.places) - set(export.places) | export.absent, ABSENT)
        said = self.reading or Reading()
        told = Written(
            said.decimal or written.decimal,
            written.decimals_mixed,
            said.date_order or written.date_order,
            written.dates_mixed,
        )
        others = candidates(loaded.headers, self.table, loaded.known)
        aspects = tuple(loaded.headers[place].strip() for place in loaded.aspects.values())
        usual = self.choices.usual
        now = Recipe(
            kind,
            {column.name: {**dropped, **taken}[column.name] for column in self.table.read
             if column.name in taken or column.name in dropped},
            others=(*(header for headers in others.values() for header in headers), *loaded.passed),
            sheets=self.sheets,
            reading=replace(
                self.choices,
                decimal=None,
                date_order=None,
                aspects=aspects or self.choices.aspects,
                usual=since(told, usual),
            ),
            unit=export.unit,
            statuses=export.statuses,
            currencies=export.currencies,
        )  # fmt: skip
        return following(now, self.recipe)


def kind_read(raw: RawText | Typed) -> str:
    """The kind of a source that was read (`recipe.KINDS`)."""
    if isinstance(raw, Typed):
        return "database" if isinstance(raw.source, TableSource) else "parquet"
    first = raw.source.parts[0] if raw.source.parts else raw.source
    is_workbook = bool(first.sheet) or (
        first.path is not None and first.path.suffix.lower() in WORKBOOK_NAMES
    )
    return "werkboek" if is_workbook else "tekst"
