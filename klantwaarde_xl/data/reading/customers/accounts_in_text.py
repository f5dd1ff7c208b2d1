"""The account of who paid, in a line of text of a bank that has no column for it: that says who it is."""

from __future__ import annotations

from klantwaarde_xl.data.reading.customers.own_account import ACCOUNT_IN_TEXT, hold_accounts
from klantwaarde_xl.data.reading.export import Export, cell_of
from klantwaarde_xl.data.reading.sources.engine import make_table


def take_accounts_in_text(export: Export) -> None:
    """Make the customer of a row the account in its text, where most texts of that column have one."""
    if not export.has("klant"):
        return
    place, text = export.places["klant"], export.text("klant")
    if not hold_accounts(export.sample.column(place).distinct):
        return
    account = f"regexp_extract({cell_of(place)}, '{ACCOUNT_IN_TEXT.pattern}', 1)"
    make_table(
        export.con,
        "raw",
        f"select raw.* replace ({account} as {text}) from raw join lines using (rij)",
    )
    export.say(
        "klant", f"in {export.header('klant')} staat de rekening van wie betaalde: die zegt wie het is"
    )
