"""Every table that users bring, declared once: its columns, and under which names those arrive.

From one `Table`: recognition of headers, reading by kind, checks, messages, the sheet to paste into.
What a declaration is stands here, with those of transactions and costs; the others are in
`declared_tables`. A new input table is a declaration there, entered in `OTHERS`, and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading import doubts
from klantwaarde_xl.data.reading.cells.parted_days import PART
from klantwaarde_xl.data.reading.customers.written_twice import written_twice
from klantwaarde_xl.data.reading.holes import holes
from klantwaarde_xl.data.reading.naming import words
from klantwaarde_xl.data.reading.naming.by_rate import BACK_TOO, PARTS, TAX_PARTS
from klantwaarde_xl.data.reading.naming.kept_back import KEPT

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.doubts import Looked


class Kind(Enum):
    """How the text of a column is read, and what a cell of it is called (Dutch)."""

    KEY = "naam of nummer"
    DATE = "datum"
    MONTH = "maand"
    AMOUNT = "bedrag"
    NUMBER = "getal"
    SCORE = "score"
    TEXT = "tekst"


_FORMS = {
    Kind.DATE: "datum",
    Kind.MONTH: "maand",
    Kind.AMOUNT: "euro2",
    Kind.NUMBER: "getal",
    Kind.SCORE: "aantal",
}


@dataclass(frozen=True)
class Column:
    """A column of an input table.

    name: its header with us; kind: how its text is read; synonyms: its headers in exports, plain (see
    `reading.headers.plain`), the surest first, the own name among them or before them, one that begins with
    `^` a pattern of such headers; help: what it is (Dutch); required: without it the table cannot be read,
    and none of its cells may be empty unless open_cells; instead: columns that together do as well, each way
    as `aantal+stukprijs`; number: the format of its cells, empty for the kind's own; field: its name in the
    engine, empty for its own name;
    not_before: the column, of the same kind, whose value it may not precede; example: a value that shows its
    form, None for the kind's own; maybe_money: a NUMBER of which some rows are in a currency;
    ahead: a day or month that may lie years ahead; above_nought: a price, of which a dash or nought is none;
    counts: whole things, of which a point or comma stands between thousands;
    choices, between: what a spreadsheet program takes when
    one types it on the sheet.

    In the engine a KEY and a TEXT are text, a DATE is a date, a MONTH the date of its first day, an
    AMOUNT an exact decimal in euro, a NUMBER a double, a SCORE the double of a whole number on the scale of
    its question and null for no answer (`reading.scores`); an empty cell of a column that is not required
    is null.
    """

    name: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    help: str = ""
    required: bool = True
    number: str = ""
    field: str = ""
    open_cells: bool = False
    instead: tuple[str, ...] = ()
    not_before: str = ""
    example: str | float | None = None
    maybe_money: bool = False
    ahead: bool = False
    choices: tuple[str, ...] = ()
    between: tuple[float, float] | None = None
    above_nought: bool = False
    counts: bool = False

    @property
    def is_money(self) -> bool:
        """Whether its values may be of a currency."""
        return self.kind is Kind.AMOUNT or self.maybe_money

    @property
    def form(self) -> str:
        """The number format of its cells, by name."""
        return self.number or _FORMS.get(self.kind, "tekst")

    @property
    def sql(self) -> str:
        """Its name in the engine, quoted."""
        name = (self.field or self.name).replace('"', '""')
        return f'"{name}"'


@dataclass(frozen=True)
class Table:
    """An input table.

    name: what it holds, a Dutch plural (`Er staan geen transacties in`); sheet_table: the name of
    the workbook's table; sheet: where it stands; title: its heading; relation: its name in the
    engine, empty for its own name; doubts: what deserves a look in it, each a function of what was read;
    aids: columns of an export that say what its rows are, and are no columns of ours; across: the columns,
    of a period or a name and of its figure, for which others may stand side by side (`reading.across`);
    by_name: the column of names, a pattern of what these are called, and one of what beside them is no such
    figure, where they may stand so instead;
    whole: the column that a file may lack because all of its rows have one, as its name says (`kanaal`).
    Raises ValueError for two columns of one name, and for one called `rij`.
    """

    name: str
    sheet_table: str
    sheet: str
    title: str
    columns: tuple[Column, ...]
    relation: str = ""
    doubts: tuple[Callable[[Looked], list[str]], ...] = ()
    aids: tuple[Column, ...] = ()
    across: tuple[str, ...] = ()
    by_name: tuple[str, str, str] | None = None
    whole: str = ""

    def __post_init__(self) -> None:
        fields = [(column.field or column.name).casefold() for column in self.read]
        if len({"rij", *fields}) <= len(fields):  # the engine does not mind capitals
            raise ValueError(f"in table {self.name} two columns have one name, or one is called rij")

    @property
    def of_orders(self) -> bool:
        """Whether its rows may be lines of orders, which are grouped."""
        return any(column.name == "order" for column in self.aids)

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def read(self) -> tuple[Column, ...]:
        """All columns that are read: its own, and those that say what a row is."""
        return (*self.columns, *self.aids)

    @property
    def sql(self) -> str:
        """Its name in the engine, quoted."""
        name = (self.relation or self.name).replace('"', '""')
        return f'"{name}"'

    @property
    def dates(self) -> tuple[Column, ...]:
        """Its columns that hold a day or a month."""
        return tuple(column for column in self.columns if column.kind in (Kind.DATE, Kind.MONTH))

    @property
    def telling(self) -> tuple[Column, ...]:
        """The columns that make a line a row: one in which all of these are empty is passed over."""
        telling = [
            column
            for column in self.columns
            if column.required and column.kind is not Kind.KEY and not column.open_cells
        ]
        instead = {name for column in telling for way in column.instead for name in way.split("+")}
        return (*telling, *(column for column in self.aids if column.name in instead))

    @property
    def amount(self) -> Column | None:
        """The column whose sum says how much was read: its first amount; None when it has none."""
        return next((column for column in self.columns if column.kind is Kind.AMOUNT), None)


def example_of(table: Table, day: dt.date) -> tuple[str | float | dt.date, ...]:
    """A row that shows which form each column of a table takes; day: that of its dates."""
    shown: dict[Kind, str | float | dt.date] = {
        Kind.DATE: day,
        Kind.MONTH: day.replace(day=1),
        Kind.AMOUNT: 100.0,
        Kind.NUMBER: 1.0,
        Kind.SCORE: 4.0,
    }
    return tuple(
        shown.get(column.kind, "voorbeeld") if column.example is None else column.example
        for column in table.columns
    )


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


LAST_DAY = "laatste dag"  # of what a row is over, beside the first

CURRENCY = Column("valuta", Kind.TEXT, words.CURRENCY, "De munt van de bedragen.", required=False)

YEAR = Column(
    "jaar",
    Kind.TEXT,
    _names("year kalenderjaar boekjaar jahr annee"),
    "Het jaar van een maand zonder jaar.",
    required=False,
)

TRANSACTIONS = Table(
    "transacties",
    "tblTransacties",
    "Gegevens",
    "Transacties",
    (
        Column(
            "klant",
            Kind.KEY,
            words.CUSTOMER,
            "Nummer, e-mailadres of naam: wie één klant is, heeft overal hetzelfde; leeg is niemands order.",
            open_cells=True,
        ),
        Column("datum", Kind.DATE, words.DATE, "De dag van de order of de retour.", field="dag"),
        Column(
            "bedrag",
            Kind.AMOUNT,
            words.AMOUNT,
            "In euro; een retour heeft een minteken.",
            instead=("aantal+stukprijs", "erbij+eraf"),
        ),
    ),
    relation="tx",
    doubts=(doubts.kinds, doubts.nobody, doubts.guests, doubts.spellings, written_twice, holes),
    aids=(
        *(
            Column(name, kind, synonyms, explained, required=False)
            for name, kind, synonyms, explained in (
                ("mail", Kind.KEY, words.MAILS, "Het e-mailadres, waar een nummer niet altijd is ingevuld."),
                ("order", Kind.KEY, words.ORDER, "Rijen met hetzelfde nummer zijn regels van één order."),
                ("aantal", Kind.NUMBER, words.QUANTITY, "Stuks; maal de stukprijs als er geen bedrag is."),
                ("stukprijs", Kind.AMOUNT, words.OF_A_PIECE, "Van één stuk; nooit de omzet."),
                ("erbij", Kind.AMOUNT, words.COMES_IN, "Wat binnenkwam, naast wat eraf ging in eraf."),
                ("eraf", Kind.AMOUNT, words.GOES_OUT, "Wat eraf ging; de omzet is erbij min eraf."),
                ("btw", Kind.AMOUNT, words.TAX, "Het bedrag aan btw."),
                ("incl", Kind.AMOUNT, (*words.WITH_VAT, *words.OF_THE_ORDER), "Het bedrag met btw."),
                (
                    "terugbetaald",
                    Kind.AMOUNT,
                    (*words.REFUND, words.OF_REFUNDS),
                    "Wat van de order is terugbetaald.",
                ),
                (BACK_TOO, Kind.AMOUNT, (words.CHARGED_BACK,), "Wat ook terugging, zoals een storno."),
                (
                    "fooi",
                    Kind.AMOUNT,
                    (*words.TIP, *words.HANDED_ON, words.GIFTS_SOLD),
                    "Wat in het bedrag zit en fooi of borg is: geen omzet.",
                ),
                *(
                    (name, Kind.AMOUNT, (), "Wat ook in het bedrag zit en geen omzet is.")
                    for name in words.HANDED[1:]
                ),
                *(
                    (name, Kind.AMOUNT, (), "Wat een betaaldienst inhield: komt bij het nettobedrag.")
                    for name in KEPT
                ),
                *(
                    (name, Kind.AMOUNT, (), "Wat bij het bedrag komt, van een ander btw-tarief.")
                    for name in PARTS
                ),
                *((name, Kind.AMOUNT, (), "Btw van een ander tarief.") for name in TAX_PARTS),
                ("korting", Kind.AMOUNT, words.DISCOUNT, "Wat er van een prijs of een subtotaal af gaat."),
                ("orderkorting", Kind.AMOUNT, (), "Korting van de hele order: gaat er één keer af."),
                *(
                    (name, Kind.AMOUNT, (pattern,), "Korting van een actie: gaat van de regel af.")
                    for name, pattern in zip(words.PROMOTIONS, words.OF_PROMOTIONS, strict=True)
                ),
                ("stuksterug", Kind.NUMBER, (), "Stuks waarvan het geld terugging: hun deel gaat eraf."),
                ("geannuleerd", Kind.NUMBER, words.CANCELLED, "Stuks van een regel die zijn geannuleerd."),
            )
        ),
        CURRENCY,
        YEAR,
        Column(
            PART, Kind.TEXT, (), "De maand, waar jaar, maand en dag elk een kolom hebben.", required=False
        ),
    ),
    across=("datum", "bedrag"),
    whole="klant",
)

# What channels are called, and columns beside the costs of these
_CHANNELS = (
    r"google|adwords|meta\b|facebook|instagram|linked ?in|tik ?tok|pinterest|snapchat|youtube|bing\b|"
    r"microsoft|"
    r"nieuwsbrief|newsletter|e-?mail|mailing|\bse[oa]\b|display|affiliate|influencer|\bprint|flyer|folder|radio|"
    r"\btv\b|beurs|beurzen|event|podcast|outdoor|drukwerk|sponsor|advertentie|\bads\b|whatsapp|marktplaats|"
    r"amazon|beslist|daisycon|criteo|spotify|social|search|shopping"
)
_NO_COSTS = (
    r"klik|click|vertoning|impress|\bct[ra]\b|\bcp[acm]\b|conver|omzet|revenue|sales|budget|begroot|bereik|reach|"
    r"sessi|bezoek|visit|leads?\b|aantal|orders?\b|klanten|customers|roas|%"
)

COSTS = Table(
    "kosten",
    "tblKosten",
    "Kosten",
    "Kosten per kanaal en maand",
    (
        Column(
            "maand",
            Kind.MONTH,
            _names(
                "periode boekmaand kalendermaand datum boekdatum factuurdatum month period "
                "yearmonth jaarmaand gregorianmonth date day dag gregoriandate begindatumrapportage "
                "reportingstarts beginvanrapportage rapportagebegint startdatum startdate begindatum"
            ),
            "Een datum of een maand, zoals 1-3-2026, 2026-03 of maart 2026.",
        ),
        Column(
            "kanaal",
            Kind.KEY,
            _names(
                "kanaalnaam marketingkanaal mediakanaal advertentiekanaal marketingchannel bron medium "
                "platform platformname adplatform advertentieplatform adnetwork channel channelname "
                "channelgroup channelgrouping defaultchannelgroup sessiondefaultchannelgroup utmsource "
                "source"
            ),
            "Waar de kosten aan zijn besteed, zoals Google Ads of nieuwsbrief.",
        ),
        Column(
            "bedrag",
            Kind.AMOUNT,
            _names(
                "kosten bedragexclbtw bedragexbtw kostenexclbtw uitgaven besteed besteding marketingkosten "
                "advertentiekosten mediakosten besteedbedrag totaalbesteed spend adspend mediaspend "
                "totalspent totalspend cost costs totalcost adcost amountspent amountspenteur amount totaal "
                "total werkelijk werkelijkekosten realisatie gerealiseerd actual actuals actualspend "
                "actualcost"
            ),
            "In euro; een creditnota heeft een minteken.",
        ),
        Column(
            "campagne",
            Kind.KEY,
            (*words.CAMPAIGN, "actie"),
            "Mag ontbreken: de campagne binnen het kanaal.",
            required=False,
        ),
        Column(
            "bereikt",
            Kind.NUMBER,
            words.REACHED,
            "Mag ontbreken: hoeveel mensen dit bereikte; vertoningen zijn geen mensen.",
            required=False,
            number="aantal",
            counts=True,
        ),
    ),
    doubts=(doubts.repeats, doubts.future, doubts.all_below_nought, doubts.totals_named),
    aids=(
        YEAR,
        CURRENCY,
        Column(
            LAST_DAY,
            Kind.DATE,
            _names(
                "reportingends einddatumrapportage eindevanrapportage rapportageeindigt einddatum enddate "
                "eind end totenmet tot"
            ),
            "De laatste dag van een rij met een eerste en een laatste; in dezelfde maand.",
            required=False,
            ahead=True,
        ),
    ),
    across=("maand", "bedrag"),
    by_name=("kanaal", _CHANNELS, _NO_COSTS),
    whole="kanaal",
)


def tables() -> Mapping[str, Table]:
    """All input tables by name."""
    from klantwaarde_xl.data.declared_tables import OTHERS  # these are made of the classes above

    return {table.name: table for table in (TRANSACTIONS, COSTS, *OTHERS)}


def main_of(names: Iterable[str]) -> str | None:
    """Which of several tables the others are read beside: transactions, else the first; None of none."""
    there = list(names)
    return TRANSACTIONS.name if TRANSACTIONS.name in there else next(iter(there), None)
