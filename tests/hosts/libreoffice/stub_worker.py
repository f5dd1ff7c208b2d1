"""A worker whose refresh follows the plan named in the cell kw_plan, so a test can choose one."""

import datetime as dt

from klantwaarde_xl.errors import CellError, DataError
from klantwaarde_xl.hosts.libreoffice.worker import claim_pipes, serve
from klantwaarde_xl.plan.plan import ChartWrite, NameWrite, Plan, TableWrite

COLUMNS = ("klant", "omzet", "datum")
DAY = dt.date(2024, 5, 1)
EARLIER = dt.date(2024, 4, 1)
GROWN = ["Dora", "Anna", "Ella", "Cees", "Bram", "Fee"]
ROWS = {
    "gelijk": (("Anna", 11, DAY), ("Bram", 22, DAY), ("Cees", 33, DAY)),
    "omgekeerd": (("Cees", 33, DAY), ("Bram", 22, DAY), ("Anna", 11, DAY)),
    "groei": tuple((name, 10 * i, DAY) for i, name in enumerate(GROWN, 1)),
    "ander": (("Dora", 1, DAY), ("Cees", 2, DAY), ("Ella", 3, DAY)),
    "krimp": (("Cees", 33, DAY),),
    "leeg": (),
    "dagen": (("Anna", 2, DAY), ("Anna", 1, EARLIER)),
    "soorten": (("=1+1", True, None), ("001", CellError.DIV0, DAY), ("", 1.5, dt.datetime(2024, 5, 1, 12))),
}


def refresh(contents, *, now):
    chosen = contents.names["kw_plan"]
    if chosen == "weigert":
        raise DataError("Het bestand is leeg.", where="verkopen.csv", remedy="Kies een ander bestand.")
    if chosen == "kapot":
        raise ValueError("stuk")
    if chosen == "teruglezen":
        table = contents.tables["tblKlanten"]
        seen = [*table.headers, *(repr(row) for row in table.rows), *sorted(contents.names)]
        return Plan(names=(NameWrite("kw_ververst", "|".join(seen)),))
    if chosen == "kolom weg":
        wrong = TableWrite("tblKlanten", ("klant", "winst"), (("Anna", 1.0),), ("klant",))
        return Plan((wrong, TableWrite("tblWeg", ("x",), ())), (NameWrite("kw_weg", 1),))
    if chosen in ("bekend", "onbekend"):
        known = chosen == "bekend"
        charts = tuple(ChartWrite(name, "kw_cijfer", known) for name in ("Grafiek Pagina B6", "Grafiek weg"))
        return Plan(names=(NameWrite("kw_cijfer", 1.0 if known else None),), charts=charts)
    moment = dt.datetime(2024, 5, 1, 18)
    key = ("klant", "datum") if chosen == "dagen" else ("klant",)
    table = TableWrite("tblklanten", COLUMNS, ROWS[chosen], key, "Klanten", ("klant", "klanten"))
    notices = ("er is geen prognose.",) if chosen == "gelijk" else ()
    return Plan((table,), (NameWrite("KW_VERVERST", moment),), notices, moment)


if __name__ == "__main__":
    serve(*claim_pipes(), refresh=refresh)
