"""An export of invented orders in a dialect drawn at random, with the figures that it has to be read back to."""

import datetime as dt
from dataclasses import dataclass, field

HEADERS = {
    "Dutch": ["Bestelnummer", "Klantnummer", "Besteldatum", "Regelbedrag", "Ordertotaal", "Totaal excl. btw", "Btw",
              "Totaal incl. btw", "Betaalstatus", "Valuta", "Jaar", "Maand"],
    "English": ["Order ID", "Customer ID", "Order Date", "Line Total", "Order Total", "Total excl. VAT", "VAT",
                "Total incl. VAT", "Financial Status", "Currency", "Year", "Month"],
    "German": ["Auftragsnummer", "Kundennummer", "Auftragsdatum", "Positionsbetrag", "Gesamtbetrag", "Gesamt exkl. MwSt",
               "MwSt", "Gesamt inkl. MwSt", "Zahlungsstatus", "Währung", "Jahr", "Monat"],
    "French": ["Numéro de commande", "Numéro client", "Date de commande", "Montant de la ligne", "Montant total",
               "Total HT", "TVA", "Total TTC", "Statut", "Devise", "Année", "Mois"],
    "camelCase": ["orderNumber", "customerId", "orderCreatedAt", "lineAmount", "orderTotal", "totalExclVat", "vatAmount",
                  "totalInclVat", "paymentStatus", "currencyCode", "year", "month"],
}  # fmt: skip
KEYS = (
    "order",
    "customer",
    "date",
    "line",
    "total",
    "excl",
    "vat",
    "incl",
    "status",
    "currency",
    "year",
    "month",
)
FATES = {
    "Dutch": ("Betaald", "Geannuleerd"),
    "English": ("paid", "cancelled"),
    "German": ("Bezahlt", "Storniert"),
    "French": ("Payée", "Annulée"),
    "camelCase": ("paid", "cancelled"),
}
MONTHS = {
    "Dutch": "januari februari maart april mei juni juli augustus september oktober november december",
    "German": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
ENGLISH = "January February March April May June July August September October November December"


def grouped(cents, thousands, sign):
    whole = f"{abs(cents) // 100:,}".replace(",", thousands)
    return f"{whole}{sign}{abs(cents) % 100:02}"


MONEY = {
    "1234,50": lambda c: grouped(c, "", ","),
    "1234.50": lambda c: grouped(c, "", "."),
    "€ 1.234,50": lambda c: f"€ {grouped(c, '.', ',')}",
    "1,234.50": lambda c: grouped(c, ",", "."),
    "EUR1234.50": lambda c: f"EUR{grouped(c, '', '.')}",
    "1 234,50 €": lambda c: f"{grouped(c, chr(0x202F), ',')} €",
    "1'234.50": lambda c: grouped(c, "'", "."),
    "+1234,50": lambda c: f"+{grouped(c, '', ',')}",
    "€ 1.234,--": lambda c: f"€ {grouped(c, '.', ',')}" if c % 100 else f"€ {grouped(c, '.', ',')[:-3]},--",
}
DAYS = (
    "2024-03-05",
    "05-03-2024",
    "5 maart 2024",
    "5 mar. 2024 14:05",
    "05/03/2024",
    "05-03-24",
    "2024-03-05T10:00:00Z",
)
PERIODS = ("2024-03", "mar-24", "maart 2024", "03/2024", "year and month", "year and name")


@dataclass
class Drawn:
    """The text of an export and what it holds.

    counted: of each order that counts its customer (None for a guest), day and cents; asks: parts of the
    questions that may be asked, each with the answer.
    """

    text: str
    counted: list
    dialect: dict
    asks: dict = field(default_factory=dict)


def draw(random):
    """An export, its dialect chosen by a source of random numbers."""
    dialect = {
        "words": random.choice(sorted(HEADERS)),
        "delimiter": random.choice([";", ",", "\t"]),
        "money": random.choice(sorted(MONEY)),
        "date": random.choice([*DAYS, *DAYS, *PERIODS]),
        "lines": random.choice(["none", "none", "lines", "repeated", "first"]),
        "vat": random.choice(["none", "none", "all", "incl"]),
        "status": random.random() < 0.5,
        "guests": random.choice(["none", "none", "blank", "word"]),
        "currency": random.choice([*["none"] * 12, "EUR", "EUR", "EUR and USD"]),
        "total_row": random.random() < 0.3,
        "titles": random.choice([0, 0, 1, 2]),
        "shuffle": random.sample(range(12), 12),
    }
    if dialect["vat"] != "none" and dialect["lines"] == "lines":
        dialect["lines"] = "none"  # what each line is with VAT is another test
    orders = []
    for number in range(random.randint(14, 30)):
        guest = dialect["guests"] != "none" and random.random() < 0.15
        day = dt.date(2023, 1, 1) + dt.timedelta(days=random.randint(0, 900))
        lines = [
            random.choice([1, 5, 99, 100]) * random.randint(1, 9_999) for _ in range(random.randint(1, 3))
        ]
        paid = number < 2 or not dialect["status"] or random.random() < 0.8
        dollars = dialect["currency"] == "EUR and USD" and random.random() < 0.3
        orders.append((number, None if guest else random.randint(0, 6), day, lines, paid, dollars))
    return _written(dialect, orders)


def _day(day, dialect):
    form, words = dialect["date"], dialect["words"]
    name = MONTHS.get(words, ENGLISH).split()[day.month - 1]
    short = ENGLISH.split()[day.month - 1][:3]
    return {
        "2024-03-05": day.isoformat(),
        "05-03-2024": f"{day:%d-%m-%Y}",
        "5 maart 2024": f"{day.day} {name} {day.year}",
        "5 mar. 2024 14:05": f"{day.day} {short.lower()}. {day.year} 14:05",
        "05/03/2024": f"{day:%d/%m/%Y}",
        "05-03-24": f"{day:%d-%m-%y}",
        "2024-03-05T10:00:00Z": f"{day.isoformat()}T10:00:00Z",
        "2024-03": f"{day:%Y-%m}",
        "mar-24": f"{short}-{day:%y}",
        "maart 2024": f"{name} {day.year}",
        "03/2024": f"{day:%m/%Y}",
        "year and month": str(day.month),
        "year and name": name,
    }[form]


def _written(dialect, orders):
    names = dict(zip(KEYS, HEADERS[dialect["words"]], strict=True))
    money, fates = MONEY[dialect["money"]], FATES[dialect["words"]]
    apart = dialect["date"] in ("year and month", "year and name")
    columns = ["order", "customer", *(["year", "month"] if apart else ["date"])]
    columns += {"none": ["incl"] if dialect["vat"] == "incl" else ["total"], "all": []}.get(
        "all" if dialect["vat"] == "all" else dialect["lines"], ["line"] if dialect["lines"] == "lines" else ["total"])  # fmt: skip
    if dialect["vat"] == "all":
        columns += ["excl", "vat", "incl"]
    if dialect["vat"] == "incl":
        columns = [*(one for one in columns if one not in ("total", "line", "incl")), "incl", "vat"]
    columns += ["status"] * dialect["status"] + ["currency"] * (dialect["currency"] != "none")
    many = dialect["lines"] != "none"
    header = dict(names)
    rows, counted, all_cents = [], [], 0
    for number, customer, day, lines, paid, dollars in orders:
        used = lines if many else [sum(lines)]
        gross = sum(used)
        net = round(gross / 1.21)
        who = {"word": "Gast", "blank": ""}.get(dialect["guests"], "") if customer is None else f"K{customer}"
        for at, cents in enumerate(used):
            shown = dialect["lines"] != "first" or at == 0
            whole = lambda amount: money(amount) if shown else ""  # noqa: E731, B023
            rows.append({
                "order": f"B{number + 100}", "customer": who, "date": _day(day, dialect), "month": _day(day, dialect),
                "year": str(day.year), "line": money(cents), "total": whole(gross), "excl": whole(net),
                "vat": whole(gross - net), "incl": whole(gross), "status": fates[0] if paid else fates[1],
                "currency": "USD" if dollars else "EUR",
            })  # fmt: skip
        if paid and not dollars:
            first = day.replace(day=1) if dialect["date"] in PERIODS else day
            counted.append(
                (
                    None if customer is None else f"K{customer}",
                    first,
                    net if dialect["vat"] == "all" else gross,
                )
            )
        all_cents += gross
    if dialect["total_row"]:
        rows.append(
            dict.fromkeys(KEYS, "")
            | {
                "customer": "Totaal",
                "total": money(all_cents),
                "line": money(all_cents),
                "incl": money(all_cents),
            }
        )
    order = [column for _, column in sorted(zip(dialect["shuffle"], columns, strict=False))]
    table = [[header[column] for column in order], *([row[column] for column in order] for row in rows)]
    mark = dialect["delimiter"]
    lines = [f"Overzicht {n}" for n in range(dialect["titles"])]
    lines += [mark.join(f'"{cell}"' if mark in cell else cell for cell in row) for row in table]
    asks = {"--lege-klant": {"blanks": "gast"}} if dialect["guests"] == "blank" else {}
    if dialect["date"] in ("05/03/2024", "05-03-24"):
        asks["--datumvolgorde"] = {"date_order": "dmj"}
    if dialect["currency"] == "EUR and USD":
        asks["--valuta"] = {"currencies": (("EUR", 1.0),)}
    return Drawn("\n".join(lines) + "\n", counted, dialect, asks)
