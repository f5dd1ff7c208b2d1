"""A statement of a bank account: what is below nought can be expenses, and that is asked."""

from __future__ import annotations

from klantwaarde_xl.data.reading.customers.own_account import is_of_a_bank
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous


def ask_expenses(export: Export) -> None:
    """Raise `Ambiguous` for rows below nought of an account of a bank, where nothing says what they are."""
    if not is_of_a_bank([plain(header) for header in export.headers]):
        return
    if not export.has("bedrag") or export.has("order") or export.has("terugbetaald"):
        return
    header = export.headers[export.places["bedrag"]].strip()
    if plain(header) in {plain(one) for one, _ in export.reading.by_user}:
        return
    rows = export.count(f"""select count(*) from raw
        where regexp_matches({export.shown("bedrag")}, '^[^0-9]*[-–−]')""")
    if rows:
        many = "1 rij is" if rows == 1 else f"{format_number(rows, 0)} rijen zijn"
        raise Ambiguous(
            f"Dit lijkt een afschrift van een rekening, en {many} onder nul: uitgaven, of geld terug aan "
            "klanten.",
            where=f"kolom {header}",
            remedy=f'Zijn het uitgaven: --zonder "{header}=-*". Gaan zij van de omzet af: '
            f'--alleen "{header}=*".',
        )
