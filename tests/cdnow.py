"""The CDNOW transactions that ship inside the installed Lifetimes package; never copied."""

import importlib.resources
from functools import cache

import pandas as pd

ROWS, CUSTOMERS = 69_659, 23_570


@cache
def frame():
    """All transactions as Lifetimes ships them: klant (text), datum, bedrag."""
    source = importlib.resources.files("lifetimes") / "datasets" / "CDNOW_master.txt"
    lines = [line.split() for line in source.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    lines = [line for line in lines if len(line) == 4]
    return pd.DataFrame(
        {
            "klant": [line[0] for line in lines],
            "datum": pd.to_datetime([line[1] for line in lines], format="%Y%m%d"),
            "bedrag": [float(line[3]) for line in lines],
        }
    )


def write_csv(path):
    """Write the transactions the way a Dutch export has them."""
    data = frame()
    amounts = data["bedrag"].map(lambda amount: f"{amount:.2f}".replace(".", ","))
    days = data["datum"].dt.strftime("%d-%m-%Y")
    lines = [
        "klantnummer;datum;bedrag",
        *(";".join(row) for row in zip(data["klant"], days, amounts, strict=True)),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
