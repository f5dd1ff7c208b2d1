"""The options about what the rows of an export are: VAT, currency, statuses, lines of orders, guests."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any

from klantwaarde_xl.cli.dutch_parser import meant
from klantwaarde_xl.data.reading.cells.currencies import currency_named
from klantwaarde_xl.errors import UsageError

OF_ORDERS = ("btw", "tellen", "regels", "lege-klant", "niemand", "zonder", "alleen", "retour", "jaar")
NAMES = (*OF_ORDERS, "valuta", "schaal", "termijn", "aspecten")


_EXAMPLES = {
    "--zonder": "E-mail=*@onzewinkel.nl",
    "--alleen": "Type=charge,refund",
    "--retour": "Factuurnummer=CN*",
}


def add_about_rows(parser: argparse.ArgumentParser) -> None:
    """Give a command the options about what rows are."""
    parser.add_argument(
        "--btw", metavar="excl|incl", help="omzet zonder of met btw, als het bestand beide heeft"
    )
    parser.add_argument(
        "--valuta",
        metavar="EUR",
        help="de valuta die telt, als er meer zijn; andere omrekenen: EUR,USD=0.92 (een dollar is 0,92 euro)",
    )
    parser.add_argument(
        "--tellen",
        metavar="STATUS",
        help="welke orders tellen, zoals betaald,open (ook: terugbetaald, geannuleerd, mislukt, onbekend)",
    )
    parser.add_argument(
        "--regels",
        metavar="optellen|ordertotaal|laatste|eenmaal",
        help="of een bedrag dat op elke regel van een order staat, van de regel is of van de order; laatste "
        "als rijen van één order versies zijn waarvan alleen de laatste telt; eenmaal als exports overlappen",
    )
    parser.add_argument(
        "--lege-klant",
        metavar="gast|erboven",
        help="van wie rijen zonder klant zijn: van niemand, of van de klant erboven",
    )
    parser.add_argument(
        "--niemand",
        metavar="NAAM,NAAM",
        help='klanten die niemand zijn, zoals een kassa of het adres van de winkel: "Webshop,info@winkel.nl"',
    )
    parser.add_argument(
        "--zonder",
        action="append",
        metavar="KOP=PATROON",
        help='laat rijen weg, zoals testorders of cadeaubonnen: "E-mail=*@onzewinkel.nl"; mag vaker',
    )
    parser.add_argument(
        "--alleen",
        action="append",
        metavar="KOP=WAARDEN",
        help='houd alleen rijen die zo heten: "Type=charge,refund"; mag vaker',
    )
    parser.add_argument(
        "--retour",
        action="append",
        metavar="KOP=PATROON",
        help='rijen die van de omzet af gaan, ook zonder minteken: "Factuurnummer=CN*"; mag vaker',
    )
    parser.add_argument(
        "--jaar", metavar="JJJJ", help="het jaar van datums zonder jaar, zoals 4 jan, als niets dat zegt"
    )
    parser.add_argument(
        "--schaal",
        action="append",
        metavar="1-5",
        help="de schaal van de antwoorden van een enquête, als zij die niet verraden; voor één vraag "
        '"VRAAG=1-7"; mag vaker',
    )
    parser.add_argument(
        "--aspecten",
        action="append",
        metavar="KOP,KOP",
        help='de kolommen van een enquête die antwoorden zijn: "Service,Prijs"; mag vaker; - voor geen',
    )
    parser.add_argument(
        "--termijn",
        metavar="maand|kwartaal",
        help="welke doelen voorgaan als zij over dezelfde tijd gaan: maand, kwartaal, halfjaar of jaar",
    )


def about_rows(options: argparse.Namespace) -> dict[str, Any]:
    """What the options say of rows, as fields of a `Reading`; raises `UsageError` for what cannot be."""
    from klantwaarde_xl.data.reading.cells.terms import TERMS
    from klantwaarde_xl.data.reading.kinds.fates import CHOICES
    from klantwaarde_xl.data.reading.questions.choices import BLANKS, EACH_ONCE, LAST, LINES

    counted = tuple(word.strip().casefold() for word in (options.tellen or "").split(",") if word.strip())
    for word in counted:
        _one_of("--tellen", word, tuple(CHOICES))
    terms = tuple(word.strip().casefold() for word in (options.termijn or "").split(",") if word.strip())
    for word in terms:
        _one_of("--termijn", word, tuple(TERMS))
    return {
        "vat": _one_of("--btw", options.btw, ("excl", "incl")),
        "currencies": currencies_said(options.valuta),
        "counted": counted,
        "lines": _one_of("--regels", options.regels, (*LINES, LAST, EACH_ONCE)),
        "blanks": _one_of("--lege-klant", options.lege_klant, BLANKS),
        "nobody": tuple(name.strip() for name in (options.niemand or "").split(",") if name.strip()),
        "without": tuple(_pattern("--zonder", one) for one in options.zonder or ()),
        "only": tuple(_pattern("--alleen", one) for one in options.alleen or ()),
        "year": _year(options.jaar),
        "back": tuple(_pattern("--retour", one) for one in options.retour or ()),
        **_scales(options.schaal or ()),
        "terms": terms,
        "aspects": tuple(one.strip() for one in options.aspecten or () if one.strip()),
    }


def _scales(words: Sequence[str]) -> dict[str, Any]:
    """`1-5` for all questions, and `VRAAG=1-7` for one."""
    from klantwaarde_xl.data.reading.surveys.scales import NAMES as SCALES

    named = [word.rpartition("=") for word in words]
    for _, _, scale in named:
        _one_of("--schaal", scale.strip(), tuple(SCALES))
    every = [scale.strip() for question, _, scale in named if not question.strip()]
    return {
        "scale": every[-1] if every else None,
        "scales": tuple(
            (question.strip(), scale.strip()) for question, _, scale in named if question.strip()
        ),
    }


def _one_of(option: str, word: str | None, choices: Sequence[str]) -> str | None:
    if word is None or word.casefold() in choices:
        return word and word.casefold()
    raise UsageError(
        f"{option} {word} bestaat niet.", remedy=f"{meant(word, choices)}Kies uit: {', '.join(choices)}."
    )


def _year(word: str | None) -> int | None:
    if word is None:
        return None
    if not re.fullmatch("(19|20)[0-9]{2}", word.strip()):
        raise UsageError(f"Bij --jaar kan {word or 'niets'} niet.", remedy="Bijvoorbeeld: --jaar 2024")
    return int(word)


def currencies_said(words: str | None) -> tuple[tuple[str, float], ...]:
    """`EUR,USD=0.92` as codes, or other names, with what one of each is worth in the first."""
    found: dict[str, float] = {}
    for word in (words or "").replace(";", ",").split(",") if words else ():
        name, sign, rate = word.partition("=")
        code = currency_named(name) or name.strip().upper()
        try:
            worth = float(rate) if sign else 1.0
        except ValueError:
            worth = 0.0
        if not re.search(r"[^\d\s.-]", code) or worth <= 0 or (found and not sign):
            raise UsageError(
                f"Bij --valuta kan {word.strip() or 'niets'} niet.",
                remedy="Noem de valuta die telt, en van elke andere de koers: --valuta EUR,USD=0.92",
            )
        found[code] = worth
    return tuple(found.items())


def _pattern(option: str, word: str) -> tuple[str, str]:
    header, sign, pattern = word.partition("=")
    blank_too = option != "--retour"  # rows in which nothing stands can be those that count, or do not
    if not sign or not header.strip() or not (pattern.strip() or blank_too):
        raise UsageError(
            f"Bij {option} kan {word!r} niet.", remedy=f'Bijvoorbeeld: {option} "{_EXAMPLES[option]}"'
        )
    return header.strip(), pattern.strip()
