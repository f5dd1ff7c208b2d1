"""A statement of a bank account: what is below nought can be expenses, and that is asked."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.customers.own_account import is_of_a_bank, own_accounts
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.kinds.all_below import ask_all_below
from klantwaarde_xl.data.reading.kinds.documents import are_all_documents
from klantwaarde_xl.data.reading.naming.header_words import concepts_of
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.questions.choices import rows_option
from klantwaarde_xl.dutch import format_count, format_rows
from klantwaarde_xl.errors import Ambiguous


def ask_expenses(export: Export) -> None:
    """Raise `Ambiguous` for rows below nought where nothing says what they are: all, or of an account."""
    ask_all_below(export)
    if not is_of_a_bank([plain(header) for header in export.headers]) or _has_documents(export):
        return
    if export.has("erbij") and export.has("eraf"):
        _ask_of_sides(export)
    if not export.has("bedrag") or _numbers_sales(export) or export.has("terugbetaald"):
        return
    header = export.headers[export.places["bedrag"]].strip()
    if plain(header) in {plain(one) for one, _ in export.reading.by_user}:
        return
    rows = export.count(f"""select count(*) from raw
        where regexp_matches({export.shown("bedrag")}, '^[^0-9]*[-–−]')""")
    if rows:
        many = format_count(rows, "rij is", "rijen zijn")
        raise Ambiguous(
            f"Dit lijkt een afschrift van een rekening, en {many} onder nul: uitgaven, of geld terug aan "
            "klanten.",
            where=f"kolom {header}",
            remedy=f'Zijn het uitgaven: --zonder "{header}=-*". Gaan zij van de omzet af: '
            f'--alleen "{header}=*".',
        )


def _has_documents(export: Export) -> bool:
    """Whether a column says of each row which invoice or credit note it is, as in a ledger with balances."""
    places = [at for at in range(len(export.headers)) if at not in export.places.values()]
    return any(are_all_documents([*texts]) for texts in export.sample.lists(places).values())


def _numbers_sales(export: Export) -> bool:
    """Whether a column numbers orders; what a bank gives its transactions, between two accounts, does not."""
    if not export.has("order"):
        return False
    of_a_bank = "transaction" in concepts_of(export.headers[export.places["order"]])
    return not (of_a_bank and own_accounts([plain(header) for header in export.headers]))


def _ask_of_sides(export: Export) -> None:
    """Raise for what went out in a column of its own, which can be expenses as well."""
    header, inward = (export.headers[export.places[name]].strip() for name in ("eraf", "erbij"))
    if plain(header) in {plain(one) for one, _ in export.reading.by_user}:
        return
    out, into = export.shown("eraf"), export.shown("erbij")
    said = f"regexp_matches({out}, '[1-9]')"
    rows, noughts = (
        export.rows(f"""select count(*) filter ({said}), count(*) filter ({out} <> '' and not {said})
        from raw""")[0]
    )
    if not rows:
        return
    without = f'--zonder "{header}=?*"'
    if noughts:  # these stand on the rows of what came in
        others = [text for (text,) in export.rows(f"select distinct {into} from raw where {said} order by 1")]
        without = " ".join(rows_option("--zonder", inward, text) for text in others)
        if any(re.search("[1-9]", text) or not text for text in others):
            without = "haal die rijen uit het bestand"
    many = format_rows(rows)
    raise Ambiguous(
        f"Dit lijkt een afschrift van een rekening, en bij {many} ging er geld af: uitgaven, of geld terug "
        "aan klanten.",
        where=f"kolom {header}",
        remedy=f"Zijn het uitgaven, dan telt alleen {inward!r}: {without}. Gaan zij van de omzet af: "
        f'--alleen "{header}=*".',
    )
