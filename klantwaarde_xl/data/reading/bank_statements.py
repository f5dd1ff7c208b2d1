"""A statement of a bank account: what is below nought can be expenses, and that is asked."""

from __future__ import annotations

import re

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import plain
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

# An account that stands against this one, or what is on it after each row
_AGAINST = re.compile(
    "tegenrekening|tegenpartij|counterparty|contraaccount|gegenkonto|begunstigde|partneriban"
)
_BALANCE = re.compile(
    "(begin|start|eind|end|nieuw)?saldo(na.*)?|(running|start|end|opening|closing)?balance(after.*)?|kontostand|solde"
)


def ask_expenses(export: Export) -> None:
    """Raise `Ambiguous` for rows below nought of an account of a bank, where nothing says what they are."""
    names = [plain(header) for header in export.headers]
    of_a_bank = any(map(_AGAINST.search, names)) or any(map(_BALANCE.fullmatch, names))
    if not of_a_bank or not export.has("bedrag") or export.has("order") or export.has("terugbetaald"):
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
