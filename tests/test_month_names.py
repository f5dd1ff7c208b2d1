"""Dates with the month in words of other languages: each is its month, and no other one."""

import datetime as dt

import pytest

from klantwaarde_xl.dutch import month_readings, parse_date
from klantwaarde_xl.month_names import month_named, of_two
from tests.data.exported import figures, read, write

__all__ = ["write"]

LANGUAGES = {
    "Indonesian": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "Indonesian, short": "Jan Feb Mar Apr Mei Jun Jul Agt Sep Okt Nov Des",
    "Malay": "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
    "Polish": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "Polish, short": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "Swedish": "januari februari mars april maj juni juli augusti september oktober november december",
    "Danish": "januar februar marts april maj juni juli august september oktober november december",
    "Norwegian": "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
    "Portuguese": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "Portuguese, short": "jan fev mar abr mai jun jul ago set out nov dez",
    "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "Spanish, short": "ene feb mar abr may jun jul ago sept oct nov dic",
    "Italian": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "Italian, short": "gen feb mar apr mag giu lug ago set ott nov dic",
    "Finnish": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
    "lokakuuta marraskuuta joulukuuta",
    "Turkish": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "Hungarian": "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
    "Czech": "ledna února března dubna května června července srpna září října listopadu prosince",
    "Russian": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_of_a_language_is_read(language):
    for number, name in enumerate(LANGUAGES[language].split(), 1):
        day = dt.date(2024, number, 14)
        bare = name.rstrip(".")
        for text in (f"14 {name} 2024", f"14-{bare}-24", f"{bare} 14, 2024", f"14 {name.upper()} 2024 10:30"):
            assert parse_date(text) == (None if of_two(bare) else day), text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 de enero de 2024", "2024-01-03"),
        ("lunes, 13 de mayo del 2024", "2024-05-13"),
        ("qui., 5 de set. de 2024", "2024-09-05"),
        ("2024. március 15.", "2024-03-15"),
        ("5 pazdziernika 2024 r.", "2024-10-05"),
        ("tors 2 maj 2024", "2024-05-02"),
    ],
)
def test_what_a_language_writes_about_a_date_is_looked_through(text, day):
    assert parse_date(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("word", ["leden", "listopaden", "netto", "xyz", "ma"])
def test_a_word_that_is_no_month_is_none(word):
    assert month_named(word) is None
    assert parse_date(f"3 {word} 2024") is None


def test_a_short_word_and_a_number_are_no_month_of_a_year():
    assert month_readings("set 12") is None
    assert month_readings("set 2024").days == {dt.date(2024, 9, 1)}
    assert month_readings("jan 24").days == {dt.date(2024, 1, 1)}


def test_an_export_with_months_of_another_language_is_read_at_once(write):
    rows = "".join(
        f"{at};{at + 2} {name} 2024;K{at % 3};{at},50\n"
        for at, name in enumerate(LANGUAGES["Indonesian"].split(), 1)
    )
    checked = read(write(f"Ordernr;Datum;Klantnr;Bedrag\n{rows}"))
    assert figures(checked) == (12, 84.0, 84.0, 3)
    assert (checked.first_day, checked.last_day) == (dt.date(2024, 1, 3), dt.date(2024, 12, 14))
