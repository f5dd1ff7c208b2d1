"""Declarations: estimating models of buying from a log, and how well they fit and predict."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.declared.arguments import CONFIDENCE, CUSTOMERS, DAYS, FIT_COLUMNS, MODEL, UNIT
from klantwaarde_xl.functions.declared.examples import contest_results, shop
from klantwaarde_xl.functions.declared.examples import shop_results as shown
from klantwaarde_xl.functions.declared.forecast.forecast import SEGMENTS
from klantwaarde_xl.functions.declared.forecast.log import AS_OF, LOG, NET_AMOUNTS, SHORT, log_failures
from klantwaarde_xl.functions.declared.forecast.season_arguments import INDEX, SEASON, season_failures
from klantwaarde_xl.functions.spec import Arg, Column, Example, Failure, Kind, Spec
from klantwaarde_xl.reports import model_checks, model_contest
from klantwaarde_xl.wording.checks import PHASES

NUM, NA, VALUE = CellError.NUM, CellError.NA, CellError.VALUE
GROUP = "Voorspellen"
_END, _MIDDLE = shop.END, shop.MIDDLE

UNTIL = Arg(
    "tot",
    "until",
    "Laatste dag die het model ziet; wat erna komt is de controle. Leeg: halverwege, met een seizoen na twee "
    "jaar. Met een datum kiest auto het model dat toen gekozen zou zijn.",
    "datum",
    Kind.DATE,
)
_UNFIT = Failure(NA, "het model is met deze gegevens niet te schatten (VOORSPELCONTROLE zegt waarom)", SHORT)
_LATE = Failure(NUM, "tot ligt niet tussen de eerste aankoop en de peildatum", (*SHORT, _END))
_NO_MODEL = "het model bestaat niet"

KOOPMODEL = Spec(
    name="KOOPMODEL",
    kernel=model_checks.fit_of_log,
    group=GROUP,
    doc="Schat een kansmodel van het koopgedrag uit de aankopen: parameters met standaardfout en interval, "
    "wat zij betekenen, hoe goed het past, en in woorden of het gelukt is.",
    unit="tabel",
    sources=("D6",),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, UNIT, MODEL, AS_OF, CONFIDENCE),
    examples=(
        Example((*LOG, None, "bg/nbd", _END), shown.FIT, "een kleine winkel", close=1e-4),
        Example(
            (*SHORT, None, "bg/nbd"), shown.FIT_FEW, "te weinig klanten: de toelichting zegt wat er mist"
        ),
    ),
    failures=(
        Failure(NUM, _NO_MODEL, (*SHORT, None, 9)),
        Failure(NUM, "de zekerheid ligt niet tussen 0 en 1", (*SHORT, None, None, None, 95)),
        *log_failures(None, None),
    ),
    columns=FIT_COLUMNS,
)

SEGMENTMODEL = Spec(
    name="SEGMENTMODEL",
    kernel=model_checks.segments_of_log,
    group=GROUP,
    doc="Schat het kansmodel per segment en voor alle klanten samen, en toetst of de segmenten verschillen "
    "(aannemelijkheidsverhouding, chi-kwadraat). Een klant hoort bij het segment van zijn eerste aankoop.",
    unit="tabel",
    sources=("D6", "D7", "D22"),
    args=(CUSTOMERS, DAYS, SEGMENTS, NET_AMOUNTS, UNIT, MODEL, AS_OF),
    examples=(
        Example(
            (*LOG[:2], shop.CHANNELS, LOG[2], None, "mbg/nbd", _END),
            shown.SEGMENTS,
            "twee kanalen",
            close=1e-4,
        ),
        Example(
            (*SHORT[:2], ("web",) * 7),
            shown.SEGMENTS_FEW,
            "te weinig klanten",
        ),
    ),
    failures=(
        Failure(VALUE, "de kolommen zijn niet even lang", (*SHORT[:2], ("web",))),
        Failure(VALUE, "een segment ontbreekt", (*SHORT[:2], (None, *("web",) * 6))),
        Failure(
            NA,
            "er zijn geen aankopen tot en met de peildatum",
            (*SHORT[:2], ("web",) * 7, None, None, None, shop.BEFORE),
        ),
        Failure(
            VALUE, "een datum is geen datum", (SHORT[0], (SHORT[1][0], "ooit", *SHORT[1][2:]), ("web",) * 7)
        ),
        Failure(NUM, _NO_MODEL, (*SHORT[:2], ("web",) * 7, None, None, 9)),
    ),
    columns=(
        Column("segment", "segment", labels_of="segmenten", together="alle klanten"),
        Column("klanten", "customers"),
        Column("r", "first"),
        Column("alpha", "second"),
        Column("a of s", "third"),
        Column("b of beta", "fourth"),
        Column("aankopen per eenheid ({eenheid})", "rate"),
        Column("log-aannemelijkheid", "loglik"),
        Column("p-waarde", "p_value", blank=True),
        Column("oordeel", "note"),
    ),
)

MODELVERGELIJKING = Spec(
    name="MODELVERGELIJKING",
    kernel=model_checks.comparison,
    group=GROUP,
    doc="Vergelijkt de kansmodellen van het koopgedrag op dezelfde aankopen: log-aannemelijkheid, AIC, BIC, "
    "chi-kwadraat, en met een datum ook hoe goed elk voorspelde wat daarna kwam. Het beste staat boven.",
    unit="tabel",
    sources=("D6",),
    args=(
        CUSTOMERS,
        DAYS,
        NET_AMOUNTS,
        Arg(
            "tot",
            "until",
            "Laatste dag die de modellen zien, om ze te houden tegen wat erna kwam. Leeg is alles, zonder "
            "controle achteraf.",
            "datum",
            Kind.DATE,
        ),
        UNIT,
        AS_OF,
    ),
    examples=(
        Example((*LOG, _MIDDLE, None, _END), shown.COMPARISON, "een kleine winkel", close=1e-4),
        Example(SHORT, shown.COMPARISON_FEW, "te weinig klanten"),
    ),
    failures=(_LATE, *log_failures(None, None)),
    columns=(
        Column("model", "model"),
        Column("log-aannemelijkheid", "loglik"),
        Column("AIC", "aic"),
        Column("BIC", "bic"),
        Column("gewicht", "weight"),
        Column("p chi-kwadraat", "chi_p", blank=True),
        Column("aankopen erna", "actual", blank=True),
        Column("verwacht erna", "expected", blank=True),
        Column("afwijking", "deviation", blank=True),
        Column("oordeel", "note"),
    ),
)

MODELKEUZE = Spec(
    name="MODELKEUZE",
    kernel=model_contest.contest,
    group=GROUP,
    doc="Welk model kiest auto, en waarom? Elk model en een gewoon kooptempo, geschat op het eerste deel van "
    "de tijd, gehouden tegen de rest: hoeveel kans het gaf aan wat kwam, en hoe ver het ernaast zat.",
    unit="tabel",
    sources=("D6",),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, UNIT, AS_OF, SEASON, INDEX),
    examples=(
        Example((*LOG, None, _END), contest_results.CONTEST, "een kleine winkel", close=1e-4),
        Example(
            (*LOG, "maanden", shop.MIDDLE),
            contest_results.CONTEST_SHORT,
            "tot en met september, in maanden",
            close=1e-4,
        ),
    ),
    failures=(_UNFIT, *log_failures(None), *season_failures(*SHORT, None, None)),
    columns=(
        Column("model", "model"),
        Column("log-score per klant", "score"),
        Column("afwijking samen", "bias", blank=True),
        Column("fout per klant", "error", blank=True),
        Column("rangorde", "ranks", blank=True),
        Column("binnen 90%", "coverage", blank=True),
        Column("oordeel", "note"),
    ),
)

MODELTOETS = Spec(
    name="MODELTOETS",
    kernel=model_checks.by_count,
    group=GROUP,
    doc="Past het model? Hoeveel klanten 0, 1, 2 … herhaalaankopen deden, en hoeveel het model er "
    "verwachtte.",
    unit="tabel",
    sources=("D6",),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, UNIT, MODEL, AS_OF),
    examples=(
        Example((*LOG, None, "bg/nbd", _END), shown.COUNTS, "een kleine winkel", close=1e-4),
        Example((*LOG, "maanden", "pareto/nbd", _END), shown.COUNTS_PARETO, "in maanden", close=1e-3),
    ),
    failures=(_UNFIT, Failure(NUM, _NO_MODEL, (*SHORT, None, 9)), *log_failures(None, None)),
    columns=(
        Column("herhaalaankopen", "label"),
        Column("klanten", "actual"),
        Column("verwacht", "expected"),
        Column("verschil", "difference"),
    ),
)

MODELVERLOOP = Spec(
    name="MODELVERLOOP",
    kernel=model_checks.tracking,
    group=GROUP,
    doc="Volgt het model de werkelijkheid? Per periode de herhaalaankopen van alle klanten en wat het model "
    "verwachtte, los en opgeteld, in het deel waaruit is geschat en in de controle erna.",
    unit="tabel",
    sources=("D6", "D29"),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, UNTIL, UNIT, MODEL, AS_OF, SEASON, INDEX),
    examples=(
        Example((*LOG, _MIDDLE, "maanden", "bg/nbd", _END), shown.TRACK, "in maanden", close=1e-4),
        Example((*LOG, _MIDDLE, "maanden", "mbg/nbd", _END), shown.TRACK_MBG, "ander model", close=1e-4),
    ),
    failures=(
        _UNFIT,
        _LATE,
        *log_failures(None, None, None),
        *season_failures(*SHORT, None, None, None, None),
    ),
    columns=(
        Column("periode ({eenheid})", "period"),
        Column("tot en met", "day"),
        Column("aankopen", "actual"),
        Column("verwacht", "expected"),
        Column("aankopen opgeteld", "actual_sum"),
        Column("verwacht opgeteld", "expected_sum"),
        Column("deel", "phase", texts=PHASES),
    ),
)

MODELCONTROLE = Spec(
    name="MODELCONTROLE",
    kernel=model_checks.holdout,
    group=GROUP,
    doc="Voorspelde het model goed? Klanten naar hun herhaalaankopen tot een datum, en wat zij daarna "
    "gemiddeld kochten: werkelijk en verwacht.",
    unit="tabel",
    sources=("D6",),
    args=(CUSTOMERS, DAYS, NET_AMOUNTS, UNTIL, UNIT, MODEL, AS_OF, SEASON, INDEX),
    examples=(
        Example((*LOG, _MIDDLE, None, "bg/nbd", _END), shown.HOLDOUT, "een kleine winkel", close=1e-4),
        Example((*LOG, _MIDDLE, None, "mbg/nbd", _END), shown.HOLDOUT_MBG, "ander model", close=1e-4),
    ),
    failures=(
        _UNFIT,
        _LATE,
        *log_failures(None, None, None),
        *season_failures(*SHORT, None, None, None, None),
    ),
    columns=(
        Column("herhaalaankopen", "label"),
        Column("klanten", "customers"),
        Column("aankopen erna", "actual", blank=True),
        Column("verwacht erna", "expected", blank=True),
        Column("verschil", "difference", blank=True),
    ),
)
