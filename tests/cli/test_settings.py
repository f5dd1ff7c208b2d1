"""Settings as options of `nieuw` and `ververs`: they stand in the workbook and count at once."""

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.plan.closed import read_contents
from klantwaarde_xl.xlsx.package import Package

ROWS = "klant;datum;bedrag\n" + "".join(
    f"K{number % 9};{1 + number % 27}-{1 + number % 12}-2025;{20 + number}\n" for number in range(60)
)


@pytest.fixture
def orders(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def names(book):
    return read_contents(Package.open(book)).names


@pytest.mark.slow
def test_a_new_workbook_has_the_settings_that_were_typed(orders, tmp_path):
    book = tmp_path / "p.xlsx"
    words = ["nieuw", "prognose", "--gegevens", str(orders), "--uit", str(book)]
    assert main([*words, "--peildatum", "30-9-2025", "--seizoen", "maanden"]) == 0
    assert names(book)["kw_seizoen"] == names(book)["kw_gebruikt_seizoen"] == "maanden"
    assert names(book)["kw_peildag"] == names(book)["kw_peildatum"] == 45930
    assert "volgt geen seizoen (maanden: minder dan 104 weken" in names(book)["kw_opmerking"]

    assert main(["ververs", str(book), "--peildatum", "31-10-2025", "--seizoen", "geen"]) == 0
    assert names(book)["kw_gebruikt_seizoen"] == "geen"
    assert names(book)["kw_peildag"] == names(book)["kw_peildatum"] == 45961


def test_a_setting_that_a_workbook_does_not_have_is_refused(tmp_path, capsys):
    assert main(["nieuw", "basis", "--seizoen", "maanden", "--uit", str(tmp_path / "b.xlsx")]) != 0
    assert "geen instelling voor --seizoen" in capsys.readouterr().err
    assert not (tmp_path / "b.xlsx").exists()


def test_a_value_that_cannot_be_is_refused_with_what_can(orders, tmp_path, capsys):
    words = ["nieuw", "prognose", "--gegevens", str(orders), "--uit", str(tmp_path / "p.xlsx")]
    assert main([*words, "--seizoen", "lente"]) != 0
    assert "winkeljaar" in capsys.readouterr().err
