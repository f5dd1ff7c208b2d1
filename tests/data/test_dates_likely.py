"""Dates that their column leaves open are read by what stands beside them, and that is said; else asked."""

import pytest

from klantwaarde_xl.errors import Ambiguous

from .exported import read, said


def table(folder, days, amount="{},50", headers="Klantnr;Buchungstag;Betrag"):
    path = folder / "umsatz.csv"
    rows = [f"K{at};{one};{amount.format(10 + at)}" for at, one in enumerate(days)]
    path.write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8")
    return path


def days_of(checked):
    return [str(row[1]) for row in checked.rows()]


@pytest.mark.parametrize("amount", ["{},50", "{}.50", "{}"])
@pytest.mark.parametrize(
    ("written", "days"),
    [
        (["03.04.25", "05.06.25"], ["2025-04-03", "2025-06-05"]),
        (["1.2.26"], ["2026-02-01"]),
        (["07.08.03", "09.08.03"], ["2003-08-07", "2003-08-09"]),  # as old as this in no order is recent
        (["11. 12. 24", "12. 11. 24"], ["2024-12-11", "2024-11-12"]),
        (["03.04.2025", "05.06.2025"], ["2025-04-03", "2025-06-05"]),
    ],
)
def test_dots_put_the_day_in_front(tmp_path, written, days, amount):
    checked = read(table(tmp_path, written, amount))
    assert days_of(checked) == days
    if len(written[0].replace(" ", "")) == 8:
        assert "met punten staat de dag voorop" in said(checked, "datum")
        assert "--datumvolgorde" in said(checked, "datum")


def test_dots_whose_days_lie_far_back_and_whose_years_in_front_do_not_are_asked_about(tmp_path):
    with pytest.raises(Ambiguous, match=r"26\.03\.05"):
        read(table(tmp_path, ["26.03.05", "26.04.06"]))


def test_dots_with_the_year_in_front_keep_it(tmp_path):
    assert days_of(read(table(tmp_path, ["2025.04.03", "2025.06.05"]))) == ["2025-04-03", "2025-06-05"]
    assert days_of(read(table(tmp_path, ["25.04.13", "25.05.31"]))) == ["2025-04-13", "2025-05-31"]


@pytest.mark.parametrize("sign", ["-", " "])
def test_a_year_of_two_digits_stands_where_the_days_are_of_late(tmp_path, sign):
    written = [sign.join(one) for one in (("03", "04", "25"), ("05", "06", "25"), ("09", "06", "26"))]
    checked = read(table(tmp_path, written, "{}.50"))
    assert days_of(checked) == ["2025-04-03", "2025-06-05", "2026-06-09"]
    assert "het jaar staat achteraan" in said(checked, "datum")


@pytest.mark.parametrize("written", [["20-04-21"], ["03-05-04"], ["24-03-05"], ["21-04-22", "19-08-23"]])
def test_where_the_year_can_be_either_one_or_is_long_ago_it_is_asked(tmp_path, written):
    with pytest.raises(Ambiguous, match="manieren te lezen"):
        read(table(tmp_path, written))


def test_with_a_decimal_comma_slashes_have_the_day_in_front_and_it_is_said(tmp_path):
    checked = read(table(tmp_path, ["03/04/2025", "05/06/2025"]))
    assert days_of(checked) == ["2025-04-03", "2025-06-05"]
    assert said(checked, "datum") == (
        "kolom 'Buchungstag': 03/04/2025 is 3 april 2025 (bij een decimale komma staat de dag voorop); "
        "zo niet: --datumvolgorde mdj"
    )
    assert days_of(read(table(tmp_path, ["03/04/25"]))) == ["2025-04-03"]


def test_what_is_typed_after_that_remark_is_read_so(tmp_path):
    checked = read(table(tmp_path, ["03/04/2025", "05/06/2025"]), date_order="mdj")
    assert days_of(checked) == ["2025-03-04", "2025-05-06"]


@pytest.mark.parametrize("amount", ["{}.50", "{}", "{},500", "$ 1,{}0.00", "{},5"])
def test_slashes_without_a_decimal_comma_are_asked_about(tmp_path, amount):
    with pytest.raises(Ambiguous, match=r"03/04/2025 zijn op twee manieren|op twee manieren te lezen"):
        read(table(tmp_path, ["03/04/2025", "05/06/2025"], amount))


def test_a_day_that_has_one_reading_goes_before_the_comma(tmp_path):
    checked = read(table(tmp_path, ["03/04/2025", "05/26/2025"]))
    assert days_of(checked) == ["2025-03-04", "2025-05-26"]
