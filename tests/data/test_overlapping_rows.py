"""Exports without an order's number that overlap: asked, and then each row counts once or always."""

import datetime as dt

import pytest

from klantwaarde_xl.data.reading.cells.columns import Reading
from klantwaarde_xl.data.reading.files import read_table, read_transactions, transactions_from_cells
from klantwaarde_xl.data.tables import TRANSACTIONS
from klantwaarde_xl.errors import Ambiguous

DAY = dt.date(2026, 11, 27)
HEAD = "Datum;Naam;Omzet;Kanaal"


def row(at):
    """A sale; each has another moment, customer and amount."""
    return f"{dt.date(2025, 3, 1) + dt.timedelta(at // 3):%d-%m-%Y};Klant {at * 7 % 13};{10 + at},50;winkel"


def export(folder, rows, name="verkopen.csv"):
    """A file with these rows."""
    path = folder / name
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def net(read):
    """What all orders hold, and how many they are."""
    return round(read.con.execute("select sum(bedrag) from tx").fetchall()[0][0], 2), read.count()


def total(rows):
    """The same of rows of a file."""
    return float(sum(10.5 + at for at in rows)), len(rows)


def test_rows_that_come_again_below_each_other_are_asked_about_and_the_answers_work(tmp_path):
    path = export(tmp_path, [*map(row, range(40)), *map(row, range(30, 60))])
    with pytest.raises(Ambiguous) as asked:
        read_transactions(path, today=DAY)
    said = str(asked.value)
    assert "10 rijen staan er nog eens precies zo in" in said
    assert "rij 42" in said
    assert "rij 32" in said
    assert "--regels eenmaal" in said
    assert "--regels optellen" in said
    once = read_transactions(path, today=DAY, reading=Reading(lines="eenmaal"))
    assert net(once) == total(range(60))
    left = once.quality.left_out[0]
    assert (left.rows, left.amount) == (10, sum(10.5 + at for at in range(30, 40)))
    always = read_transactions(path, today=DAY, reading=Reading(lines="optellen"))
    assert net(always) == total([*range(40), *range(30, 60)])


def test_so_are_files_that_are_read_together(tmp_path):
    export(tmp_path, map(row, range(25)), "maart.csv")
    export(tmp_path, map(row, range(18, 50)), "april.csv")
    with pytest.raises(Ambiguous, match="7 rijen staan er nog eens"):
        read_transactions(tmp_path, today=DAY)
    once = read_transactions(tmp_path, today=DAY, reading=Reading(lines="eenmaal"))
    assert net(once) == total(range(50))


def test_a_block_that_was_pasted_many_times_counts_once_twins_within_it_too(tmp_path):
    block = [*range(20), 19, 19, *range(20, 30)]
    path = export(tmp_path, map(row, [*range(100, 140), *block * 6, *range(200, 210)]))
    with pytest.raises(Ambiguous, match=f"{5 * len(block)} rijen staan er nog eens"):
        read_transactions(path, today=DAY)
    once = read_transactions(path, today=DAY, reading=Reading(lines="eenmaal"))
    assert net(once) == total([*range(100, 140), *block, *range(200, 210)])


def test_a_recipe_remembers_the_answer(tmp_path):
    path = export(tmp_path, [*map(row, range(40)), *map(row, range(30, 60))])
    recipe = read_transactions(path, today=DAY, reading=Reading(lines="eenmaal")).recipe
    later = export(tmp_path, [*map(row, range(80)), *map(row, range(70, 90))], "later.csv")
    assert net(read_table(later, TRANSACTIONS, today=DAY, recipe=recipe)) == total(range(90))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([*range(30), *range(4), *range(30, 40)], id="four rows may be chance"),
        pytest.param([at // 2 for at in range(40)], id="twins beside each other"),
        pytest.param([*range(20), *range(19, 11, -1)], id="in another order"),
    ],
)
def test_what_may_be_chance_is_not_asked_about(tmp_path, rows):
    read = read_transactions(export(tmp_path, map(row, rows)), today=DAY)
    assert net(read) == total(rows)


def test_an_order_of_one_customer_with_the_same_lines_again_is_not_asked_about(tmp_path):
    lines = [f"03-03-2025;Jansen;{amount},00;winkel" for amount in (5, 6, 7, 8, 9, 10)]
    read = read_transactions(export(tmp_path, [*map(row, range(20)), *lines, *lines]), today=DAY)
    assert net(read)[0] == total(range(20))[0] + 2 * 45


def test_rows_that_differ_in_any_cell_are_other_orders(tmp_path):
    first = [f"{row(at)};{at}" for at in range(30)]
    again = [f"{row(at)};{100 + at}" for at in range(10, 30)]
    path = tmp_path / "kassa.csv"
    path.write_text("\n".join([f"{HEAD};Kenmerk", *first, *again]) + "\n", encoding="utf-8")
    assert net(read_transactions(path, today=DAY)) == total([*range(30), *range(10, 30)])


def test_a_till_without_customers_is_asked_about_where_days_come_again(tmp_path):
    def sale(at):
        return f"{dt.date(2025, 3, 1) + dt.timedelta(at // 4):%d-%m-%Y};{2 + at % 4},50"

    def till(rows):
        path = tmp_path / "kassa.csv"
        path.write_text("\n".join(["Datum;Omzet", *map(sale, rows)]) + "\n", encoding="utf-8")
        return path

    no_customer = {"klant": "-"}
    with pytest.raises(Ambiguous, match="8 rijen staan er nog eens"):
        read_transactions(till([*range(24), *range(16, 40)]), today=DAY, columns=no_customer)
    day = [*range(24), *[24, 25, 26, 27, 24], *[24, 25, 26, 27, 24]]  # the same cups on one day
    assert read_transactions(till(day), today=DAY, columns=no_customer).quality.rows_kept == len(day)


def test_rows_of_a_sheet_of_ours_are_told_and_not_asked_about():
    rows = [[f"Klant {at % 9}", dt.date(2025, 3, 1 + at), 10.5 + at] for at in range(20)]
    read = transactions_from_cells(
        ["klant", "datum", "bedrag"], rows + rows[5:], source="Gegevens", today=DAY
    )
    assert read.count() == 35
    assert any("hoger precies zo onder elkaar" in note for note in read.quality.notes)
