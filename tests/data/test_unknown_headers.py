"""Sources whose headers nobody knows: one question, with an answer that works when it is typed."""

import datetime as dt
import sqlite3

import duckdb
import openpyxl
import pytest

from klantwaarde_xl.data.reading.files import read_table
from klantwaarde_xl.data.tables import COSTS, TRANSACTIONS
from klantwaarde_xl.errors import ColumnsMissing
from tests.data.exported import TODAY, figures, follow, read, write
from tests.examples import crossed

__all__ = ["write"]

SALES = [
    # order, customer, mail, day, net, pieces, status
    *[(f"F{2400 + at}", f"R{100 + at * 7 % 5}", f"p{at * 7 % 5}@voorbeeld.nl", dt.date(2024, 1 + at % 9, 3 + at),
       (37 * at * at + 1250) / 100, 1 + at % 3, "anulowane" if at == 4 else "op") for at in range(20)]
]  # fmt: skip
NET = round(sum(sale[4] for sale in SALES), 2)


def comma(number):
    return f"{number:.2f}".replace(".", ",")


def table(heads, cells):
    return ";".join(heads) + "\n" + "".join(";".join(map(str, cells(*sale))) + "\n" for sale in SALES)


def asked(source):
    with pytest.raises(ColumnsMissing) as error:
        read(source)
    return error.value


@pytest.mark.slow
def test_abbreviations_are_one_question_with_an_answer_to_type(write):
    path = write(
        table(
            ["Fnr", "Rlt.nr", "Rel.naam", "Fdat", "Nto bdrg", "Btwb", "Brt bdrg"],
            lambda nr, who, mail, day, net, n, st: (nr, who, f"Zaak {who}", f"{day:%d-%m-%Y}", comma(net),
                comma(net * 0.21), comma(net + round(net * 0.21, 2))),
        )
    )  # fmt: skip
    error = asked(path)
    assert '--kolommen "klant=Rlt.nr,datum=Fdat,bedrag=Nto bdrg"' in error.remedy
    assert "bedrag kan zijn: 'Nto bdrg' (12,50) of 'Brt bdrg' (15,12)" in error.what
    assert "klant kan zijn: 'Rlt.nr' (R100) of 'Rel.naam' (Zaak R100)" in error.what
    assert "Btwb'" not in error.what.partition("Naar de inhoud")[2]
    assert figures(follow(path, error)) == (20, NET, NET, 5)


@pytest.mark.slow
@pytest.mark.parametrize(
    "heads",
    [
        ("N° cde", "Qui", "Jour d'achat", "Solde", "Encaissé"),
        ("Номер", "Клиент", "Дата", "Остаток", "Сумма"),
        ("a%b", "c$d", 'e"f', "g,h=i", "j`k"),
        ("kol", "kol", "kol", "kol", "kol"),
        ("Nr, zam=1", "Kto", "Kiedy", "Saldo", "Zapłacono, brutto"),
    ],
)
def test_any_language_and_any_sign_in_a_header_can_be_answered(write, heads):
    balance = iter([sum(sale[4] for sale in SALES[: at + 1]) for at in range(len(SALES))])
    rows = table(
        ['"' + head.replace('"', '""') + '"' for head in heads],
        lambda nr, who, mail, day, net, n, st: (
            nr,
            mail,
            f"{day:%Y-%m-%d}",
            comma(next(balance)),
            comma(net),
        ),
    )
    path = write(rows)
    error = asked(path)
    assert figures(follow(path, error)) == (20, NET, NET, 5)


@pytest.mark.slow
def test_lines_and_words_of_a_status_are_part_of_the_one_question(write):
    lines = [
        (nr, who, f"{day:%d.%m.%Y}", comma(net + part), "zrušeno" if st != "op" else "ok", "cancelled" if st != "op" else "paid")
        for nr, who, mail, day, net, n, st in SALES for part in (0, 1)
    ]  # fmt: skip
    path = write("Obj;Kdo;Kdy;Kolik;Poznatek;Stav\n" + "".join(";".join(line) + "\n" for line in lines))
    error = asked(path)
    assert '--kolommen klant=Kdo,datum=Kdy,bedrag=Kolik,order=Obj --alleen "Stav=paid"' in error.remedy
    assert "zegt 'Poznatek' (ok, zrušeno) welke rijen tellen" in error.what
    got = follow(path, error)
    net = round(sum(2 * sale[4] + 1 for sale in SALES if sale[6] == "op"), 2)
    assert figures(got) == (19, net, net, 5)


@pytest.mark.slow
def test_money_beside_pieces_can_be_the_price_of_one_and_that_is_said(write):
    path = write(table(["Kto", "Kiedy", "Ile", "Egysegar szt"], lambda nr, who, mail, day, net, n, st: (
        who, f"{day:%Y-%m-%d}", n, comma(net))))  # fmt: skip
    error = asked(path)
    assert "dan in plaats van bedrag: aantal=Ile,stukprijs=Egysegar szt" in error.what
    got = read(path, columns={"klant": "Kto", "datum": "Kiedy", "aantal": "Ile", "stukprijs": "Egysegar szt"})
    assert figures(got)[1] == round(sum(sale[4] * sale[5] for sale in SALES), 2)


def test_a_price_times_pieces_is_no_candidate_where_the_line_has_its_amount(write):
    path = write(table(["Kto", "Kiedy", "Ile", "Egysegar", "Osszesen"], lambda nr, who, mail, day, net, n, st: (
        who, f"{day:%Y-%m-%d}", n, comma(net), comma(net * n))))  # fmt: skip
    error = asked(path)
    assert "bedrag kan zijn: 'Osszesen' (12,50)\n" in error.what + "\n"
    assert "stukprijs" not in error.what


def test_numbers_of_customers_are_no_pieces_and_go_before_names_of_articles(write):
    path = write(table(["Kiedy", "Towar", "Kto", "Ile", "Osszesen"], lambda nr, who, mail, day, net, n, st: (
        f"{day:%Y-%m-%d}", f"Herbata {n}", int(who[1:]) + 400, n, comma(net))))  # fmt: skip
    assert "--kolommen klant=Kto,datum=Kiedy,bedrag=Osszesen" in asked(path).remedy


@pytest.mark.slow
def test_one_thing_that_is_missing_is_the_only_one_asked(write):
    path = write(table(["Klantnr", "Datum", "Osszeg", "Rabat %"], lambda nr, who, mail, day, net, n, st: (
        who, f"{day:%d-%m-%Y}", comma(net), 5)))  # fmt: skip
    error = asked(path)
    assert "Er ontbreekt: bedrag." in error.what
    assert "--kolommen bedrag=Osszeg." in error.remedy
    assert figures(follow(path, error)) == (20, NET, NET, 5)


def test_without_any_candidate_it_says_so_and_what_to_do(write):
    path = write(table(["Datum", "Totaal", "Kassa"], lambda nr, who, mail, day, net, n, st: (
        f"{day:%d-%m-%Y}", comma(net), "A")))  # fmt: skip
    error = asked(path)
    assert "Voor klant is ook naar de inhoud geen kolom gevonden" in error.remedy
    assert "--kolommen klant=…" in error.remedy


@pytest.mark.slow
def test_titles_above_unknown_headers_are_no_headers(write):
    rows = table(["Kto", "Kiedy", "Ile zł"], lambda nr, who, mail, day, net, n, st: (who, day, comma(net)))
    path = write(f"Raport sprzedaży;za rok;2024\n;;\n{rows}")
    assert figures(follow(path, asked(path))) == (20, NET, NET, 5)


def test_days_can_be_numbers_where_no_column_holds_dates(write):
    rows = table(["Kto", "Kiedy", "Ile zł"], lambda nr, who, mail, day, net, n, st: (
        who, (day - dt.date(1899, 12, 30)).days, comma(net)))  # fmt: skip
    path = write(rows)
    assert figures(follow(path, asked(path))) == (20, NET, NET, 5)


@pytest.mark.parametrize("header", ["Bedrag (in duizend)", "Omzet (x € 1.000)", "total x 1000"])
def test_money_that_is_not_in_euros_is_said_and_not_proposed(write, header):
    path = write(f"Ordernummer;Datum;E-mail;{header}\n7;3-4-2025;a@x.nl;1250\n8;4-4-2025;b@x.nl;3075\n")
    error = asked(path)
    assert f"'{header}' staat naar zijn kop niet in euro's" in error.what
    assert "--kolommen bedrag=…" in error.remedy


def test_a_list_of_customers_is_not_made_into_orders(write):
    error = asked(
        write("Email Address,Total Orders,Total Revenue,Last Purchase Date\na@x.nl,5,500.00,2024-01-15\n")
    )
    assert "lijst van klanten" in error.what
    assert "--kolommen" not in error.remedy


def test_debit_and_credit_are_no_revenue(write):
    path = write(
        "Boekstuk;Datum;Relatiecode;Debet;Credit\n1;3-4-2025;A;121,00;0,00\n1;3-4-2025;A;0,00;100,00\n"
    )
    assert "--kolommen bedrag=…" in asked(path).remedy


# ── other sources ───────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_workbook_is_asked_about_by_its_likeliest_sheet(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Uitleg bij dit werkboek"])
    sheet = book.create_sheet("Sprzedaż")
    sheet.append(["Kto", "Kiedy", "Ile zł"])
    for _, who, _, day, net, _, _ in SALES:
        sheet.append([who, day, net])
    path = tmp_path / "export.xlsx"
    book.save(path)
    error = asked(path)
    assert '--blad "Sprzedaż" --kolommen "klant=Kto,datum=Kiedy,bedrag=Ile zł"' in error.remedy
    assert figures(follow(path, error)) == (20, NET, NET, 5)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("heads", "kind"),
    crossed(
        [("kto", "kiedy", "ile zł"), ("Клиент", "Дата", "Сумма"), ("a$", "b%", "c`")],
        ["parquet", "duckdb", "sqlite"],
    ),
)
def test_parquet_and_databases_are_asked_about_too(tmp_path, kind, heads):
    names = ", ".join(
        f'"{head}" {type_}' for head, type_ in zip(heads, ("varchar", "date", "double"), strict=True)
    )
    rows = [(who, str(day), net) for _, who, _, day, net, _, _ in SALES]
    path = tmp_path / f"winkel.{kind}"
    con = (
        sqlite3.connect(path)
        if kind == "sqlite"
        else duckdb.connect(str(path) if kind == "duckdb" else ":memory:")
    )
    con.execute(f"create table zam ({names})")
    con.executemany("insert into zam values (?, ?, ?)", rows)
    if kind == "parquet":
        con.execute(f"copy zam to '{path}' (format parquet)")
    if kind == "sqlite":
        con.commit()
    con.close()
    assert figures(follow(path, asked(path))) == (20, NET, NET, 5)


# ── and the next export ─────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_what_was_answered_by_number_is_kept_by_number_where_a_header_is_not_alone(write):
    rows = "7;A;3-4-2025;5;12\n8;B;4-4-2025;6;30\n"
    path = write(f"kol;kol;kol;bedrag;bedrag\n{rows}")
    recipe = read(path, {"klant": "2", "datum": "3", "bedrag": "5"}).recipe
    assert recipe.columns == {"klant": "2", "datum": "3", "bedrag": "5"}
    again = read_table(path, TRANSACTIONS, today=TODAY, recipe=recipe)
    assert figures(again)[:2] == (2, 42.0)


def test_a_header_in_full_goes_before_one_that_has_more_to_it(write):
    path = write("Kto;Kiedy;Osszeg (EUR);Osszeg\nA;3-4-2025;5;12\n")
    assert figures(read(path, {"klant": "Kto", "datum": "Kiedy", "bedrag": "Osszeg"}))[1] == 12.0


def test_costs_are_asked_about_by_their_contents_too(write):
    path = write("Wann;Wo;Wieviel\n2025-04-03;Google Ads;100,50\n2025-05-03;Meta;80,25\n")
    with pytest.raises(ColumnsMissing) as error:
        read_table(path, COSTS, today=TODAY)
    assert "--kolommen maand=Wann,kanaal=Wo,bedrag=Wieviel" in error.value.remedy


def test_a_column_name_that_is_not_there_is_named(write):
    with pytest.raises(ColumnsMissing, match="'Emial' staat niet"):
        read(write("email;datum;bedrag\na@x;1-2-2024;5\n"), columns={"klant": "Emial"})
