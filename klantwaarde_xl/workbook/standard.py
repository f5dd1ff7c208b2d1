"""What every workbook has: Start, Instellingen, input tables, Controle, and the checks they share."""

from __future__ import annotations

from klantwaarde_xl.data.reading.holes import SAID
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.workbook import possible
from klantwaarde_xl.workbook.blocks import (
    Block,
    Check,
    Checks,
    Column,
    DataBlock,
    Form,
    Formula,
    Given,
    Grid,
    Legend,
    Links,
    Look,
    ResultBlock,
    Sheet,
    Text,
)
from klantwaarde_xl.workbook.content import figure_of
from klantwaarde_xl.workbook.phrases import RECENT_DAYS, day_words, whole
from klantwaarde_xl.workbook.state import used_figure
from klantwaarde_xl.workbook.styles import GREY, TEAL
from klantwaarde_xl.workbook.too_many import PART_OF_CUSTOMERS, PART_OF_INPUT

LABEL_VALUE = (Column("gegeven"), Column("waarde"))
ROLES = (
    ("input", "invoer: vult u in"),
    ("calculation", "berekening: niet overschrijven"),
    ("output", "uitkomst"),
)
_OWN_COLUMNS = "Kolommen die u zelf aan een tabel toevoegt, blijven bij het verversen bij hun rij."
_PROTECTED = (
    "Bladen zonder tabel zijn beveiligd, zonder wachtwoord: u vult er de gele cellen.",
    "Toch iets veranderen? Controleren, Beveiliging blad opheffen (LibreOffice: Extra, Blad beveiligen).",
)
_CURRENCY = "Klantwaarde XL. Bedragen in euro's; de gegevens bepalen of dat met of zonder btw is."
NOTHING_YET = "Nog niets ingevuld. Begin op Instellingen, plak uw gegevens op Gegevens, en ververs."
REFRESH = (
    "Ververs: menu Klantwaarde in LibreOffice, Vernieuwen op het tabblad Klantwaarde in Excel, of "
    "klantwaarde ververs, met dit bestand gesloten."
)


def figures(names: tuple[str, ...], heading: str, since: int = 1) -> Grid:
    """Figures that a refresh fills, a row each, with their label."""
    rows = tuple((figure_of(name).label, Given(name)) for name in names)
    return Grid(LABEL_VALUE, rows, heading=heading, since=since)


def start(
    title: str,
    question: str,
    steps: tuple[str, ...],
    *,
    more: tuple[Block, ...] = (),
    notes: tuple[str, ...] = (),
    links: int = 9,
    has_data: bool = True,
    journal_since: int = 1,
) -> Sheet:
    """Purpose, state, way around, how to use, the legend of cell styles, and the last refreshes.

    links: how many other sheets the template has; journal_since: the version of the template since which it
    keeps a journal.
    """
    state = ("ververst", "bron", "periode_van", "periode_tot") if has_data else ("ververst",)
    numbered = tuple(f"{number}.  {step}" for number, step in enumerate(steps, 1))
    lines = (*notes, *((_CURRENCY, _OWN_COLUMNS) if has_data else (_CURRENCY,)), *_PROTECTED)
    return Sheet(
        "Start",
        title,
        question,
        (
            figures(state, "Stand van dit werkboek"),
            Links(links + 1),  # and Begrippen
            Text(numbered, "step", "Zo werkt het"),
            Legend(ROLES),
            *more,
            Text(lines),
            *(
                (ResultBlock("journaal", "De laatste verversingen", room=1, since=journal_since),)
                if has_data
                else ()
            ),
        ),
        (26, 34, 40, 26),
        tab=TEAL,
        prints="page",
    )


def settings(
    names: tuple[str, ...],
    notes: tuple[str, ...],
    *,
    used: bool = False,
    later: tuple[tuple[int, str], ...] = (),
    used_since: int = 1,
) -> Sheet:
    """All that the user decides, and beside it what the last refresh computed with; as `Form`."""
    widths = (26, 30, 24, 80, 24)
    return Sheet(
        "Instellingen",
        "Instellingen",
        "Gele cellen zijn van u." + (" Wat op verversen wacht, staat rechts." if used else ""),
        (Form(names, used, later, used_since), Text(notes)),
        (*widths, 20, 16) if used else widths,
        purpose="Wat u zelf bepaalt. Vul dit als eerste in.",
        freeze=True,
        prints="page",
    )


def data(table: str, purpose: str, widths: tuple[float, ...]) -> Sheet:
    """The main input table, for the user to fill; columns of the user's own may stand behind it."""
    said = f'{_counted(table)}&"; afdruk: de eerste 40. Eigen kolommen mogen erachter."'
    part = f'=IF(kw_deel_gegevens<>"","Hier staan "&kw_deel_gegevens,{said})'
    return _filled_by_user(table, Formula(part), purpose, widths, DataBlock(table))


def input_table(
    table: str,
    purpose: str,
    widths: tuple[float, ...],
    *,
    optional: bool = False,
    since: int = 1,
    begun: tuple[tuple[str | float | None, ...], ...] = (),
    said: Formula | None = None,
    looks: tuple[Look, ...] = (),
    later: tuple[tuple[int, str], ...] = (),
    without: tuple[str, ...] = (),
) -> Sheet:
    """An input table beside the main one, for the user to fill; what is not said here is as of a `DataBlock`.

    said: what the sheet says on top, else how many rows it has.
    """
    block = DataBlock(table, optional, since, begun, looks, later, without)
    if said is not None:
        return _filled_by_user(table, said, purpose, widths, block)
    counted = f'={_counted(table)}&"; afdruk: de eerste 40."'
    if optional:
        declared = tables()[table]
        blank = f"COUNTA({declared.sheet_table}[{declared.columns[0].name}])=0"
        counted = f'=IF({blank},"Dit blad mag leeg blijven.",{counted.removeprefix("=")})'
    return _filled_by_user(table, Formula(counted), purpose, widths, block)


def _counted(table: str) -> str:
    declared = tables()[table]
    inside = f"ROWS({declared.sheet_table}[{declared.columns[0].name}])"
    filled = f"COUNTA({{below.{declared.sheet_table}}})"  # what was pasted belongs to it at the next refresh
    rows = f"MAX({inside},{filled})"
    counted = f'{whole(rows)}&IF({rows}=1," rij"," rijen")'
    return f'"{declared.title}: "&IF(AND({inside}=1,{filled}=0),"nog geen rijen",{counted})'


def _filled_by_user(
    table: str, said: Formula, purpose: str, widths: tuple[float, ...], block: DataBlock
) -> Sheet:
    sheet = tables()[table].sheet
    return Sheet(
        sheet,
        sheet,
        said,
        (block,),
        widths,
        purpose=purpose,
        tab=GREY,
        freeze=True,
        prints="head",
        portrait=True,
    )


def alt(kind: str, what: str, where: str) -> str:
    """What a chart is for who cannot see it; where: the heading of its figures on Berekening."""
    return f"{kind}: {what}. De bevinding staat erboven; de cijfers op Berekening, {where}."


# ── checks ──────────────────────────────────────────────────────────────────────────────────

ALL_READ = Check(
    "Alle rijen zijn gelezen", "=kw_rijen_geweigerd=0", "Zie de tabel hieronder; verbeter die rijen."
)
AS_REFRESHED = Check(
    "De gegevens in dit werkboek zijn die van de laatste verversing",
    "=ROWS(tblTransacties[klant])=kw_rijen_tabel",
    "Ververs het werkboek: de tabel op Gegevens is veranderd.",
)
NOTHING_BELOW = Check(
    "Er staan geen gegevens onder de tabel op Gegevens",
    "=COUNTA({below.tblTransacties})<=ROWS(tblTransacties[klant])",
    "Ververs het werkboek: die rijen horen dan bij de tabel. Horen ze er niet bij, laat dan een rij leeg "
    "tussen de tabel en wat eronder staat.",
)
NO_FUTURE = Check(
    "Er zijn geen orders met een datum in de toekomst",
    "=MAX(tblTransacties[datum])<=kw_ververst",
    "Zoek op Gegevens de datum die niet kan.",
)
_HOLES = f'COUNTIF(tblKwaliteit[uitleg],"*{SAID}*")'
NO_HOLES = Check(
    "Er ontbreekt geen tijd in de orders",
    f"={_HOLES}=0",
    "Zie opmerking hieronder, en vul de export aan. Was de winkel toen dicht, dan mag dit zo blijven.",
)
_TOO_OLD = f"AND(COUNT(kw_ververst,kw_periode_tot)=2,N(kw_ververst)-N(kw_periode_tot)>{RECENT_DAYS})"
# What the reader of a page has to know of the orders before he believes it
ORDERS_SAID = (
    f'IF({_HOLES}=0,"","Van een deel van de tijd zijn er geen orders: zie Controle.  ")'
    f'&IF({_TOO_OLD},"De gegevens eindigen op "&{day_words("kw_periode_tot")}'
    '&": dit is de stand van toen.  ","")'
)
RECENT = Check(
    f"De gegevens zijn hooguit {RECENT_DAYS} dagen oud op de dag van verversen",
    f"=kw_ververst-kw_periode_tot<={RECENT_DAYS}",
    "Maak een nieuwe export; oude cijfers zijn een veelgemaakte fout.",
)
MARGIN = Check(
    "De marge is ingevuld als deel van de omzet",
    "=AND(kw_marge>0,kw_marge<=1)",
    "Vul op Instellingen een marge in, zoals 35%. Zonder marge is klantwaarde omzet, geen winst.",
)
INTEREST = Check(
    "Er is een rente", "=kw_rente>0", "Zonder rente telt geld van later even zwaar als geld van nu."
)
COSTS = Check(
    "De kosten per klant zijn ingevuld",
    '=kw_kosten_klant<>""',
    "Vul ze in op Instellingen, ook als dat nul is: leeg telt niet als nul, en zonder is er geen CLV.",
)
POSSIBLE = Check(possible.LABEL, possible.TEST, possible.REMEDY)


def as_used(names: tuple[str, ...]) -> Check:
    """That the settings are those which the last refresh computed with."""
    same = ",".join(f"{name}={used_figure(name).cell}" for name in names)
    return Check(
        "De instellingen zijn die van de laatste verversing",
        f"=AND({same})",
        "Ververs het werkboek: op Instellingen staat welke waarde nog niet is gebruikt.",
    )


READ = ("rijen_gelezen", "rijen_gebruikt", "rijen_geweigerd", "rijen_tabel", "peildag")
AMOUNTS = ("bedrag_gebruikt", "bedrag_geweigerd")


def all_customers(label: str, test: str, *, when: str = "", remedy: str = "Ververs het werkboek.") -> Check:
    """A check over all rows of a table of customers: not judged while the sheet shows a part of them."""
    whole_table = 'kw_deel_klanten=""'
    judged = f"=AND({when.removeprefix('=')},{whole_table})" if when else f"={whole_table}"
    return Check(label, test, remedy, judged, why="kw_deel_klanten")


def controls(
    checks: tuple[Check, ...],
    *,
    more: tuple[Block, ...] = (),
    has_data: bool = True,
    parts_since: int = 1,
) -> Sheet:
    """The checks with their total, more blocks of the template, and the report of what was read.

    parts_since: the version of the template since which it says what its sheets show for a part only.
    """
    read: tuple[Block, ...] = (
        figures(READ, "Gelezen gegevens"),
        figures(AMOUNTS, "Bedragen", since=2),
        figures(
            (PART_OF_INPUT, PART_OF_CUSTOMERS),
            "Wat niet op een blad past (de cijfers komen uit alles)",
            since=parts_since,
        ),
        ResultBlock("kwaliteit", heading="Hoe de gegevens zijn gelezen, opmerkingen, geweigerde rijen"),
    )
    return Sheet(
        "Controle",
        "Controle",
        "Elke controle rekent het verband na. Het totaal staat rechtsboven op elk blad.",
        (
            Checks((*checks, POSSIBLE), '=kw_ververst<>""' if has_data else ""),
            *more,
            *(read if has_data else ()),
        ),
        (70, 26, 16, 30, 62),
        purpose="Kloppen de cijfers? Wat is er gelezen en wat geweigerd?",
        freeze=True,
    )
