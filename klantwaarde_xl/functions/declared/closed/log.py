"""What closed forms over a log of purchases share: customers by the letter, and who is the same.

Each row is compared with every other, so a form takes so many rows and says #N/A for more. A last row of
nobody is added, which counts nowhere: what engines do with a column of one cell differs.
"""

from __future__ import annotations

MOST_ROWS = 1000
TOO_MANY = f"ROWS({{klanten}})>{MOST_ROWS}"

# Of each row: its customer as the first row of that customer, and its place
CUSTOMERS = (
    'hk,VSTACK({klanten},""),ht,TRIM(hk),hn,SEQUENCE(ROWS(ht)),'
    "hi,MAP(ht,LAMBDA(hy,XMATCH(TRUE,EXACT(ht,hy)))),hx,(hn<ROWS(hn))*1"
)


def per_customer(column: str, customers: str = "hc") -> str:
    """The sum of a column for each of the customers, who are named by their first row."""
    return f"MAP({customers},LAMBDA(hy,SUM((hi=hy)*{column})))"


def table(headers: str, columns: str) -> str:
    """A table without its last row, which is nobody's; headers: between semicolons."""
    head = ",".join(f'"{header}"' for header in headers.split(";"))
    return f"DROP(VSTACK(HSTACK({head}),HSTACK({columns})),-1)"
