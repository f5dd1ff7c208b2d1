"""Several questions about one file are asked at once, with one line that answers them all."""

import shlex

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.data.reading.questions.next_questions import first_answer

TILL = (
    "Datum;Pas;Soort;Bedrag;Fooi\n02-05-2025;p1;Verkoop;12,50;1,50\n13-05-2025;p2;Verkoop;20,00;0,00\n"
    "14-05-2025;p1;Terugbetaling;4,00;0,00\n"
)


@pytest.fixture
def till(tmp_path):
    path = tmp_path / "till.csv"
    path.write_text(TILL, encoding="utf-8")
    return path


@pytest.mark.slow
def test_all_questions_stand_in_one_message_and_its_line_reads_the_file(till, capsys):
    assert main(["controleer", str(till)]) == 3
    told = capsys.readouterr().err
    assert "3 vragen" in told
    line = told.partition("typt u erachter:\n")[2].splitlines()[0]
    assert main(["controleer", str(till), *shlex.split(line)]) == 0
    assert "netto € 27,00" in capsys.readouterr().out


def test_one_question_stays_as_it_is(tmp_path, capsys):
    path = tmp_path / "one.csv"
    path.write_text(
        "Datum;Klant;Soort;Bedrag\n02-05-2025;k;Verkoop;5\n13-05-2025;k;Terugbetaling;2\n", encoding="utf-8"
    )
    assert main(["controleer", str(path)]) == 3
    assert "vragen" not in capsys.readouterr().err


def test_what_the_user_said_already_is_kept_when_the_rest_is_asked(till, capsys):
    assert main(["controleer", str(till), "--kolommen", "klant=Pas"]) == 3
    told = capsys.readouterr().err
    assert "2 vragen" in told
    assert "klant=" not in told


@pytest.mark.parametrize(
    ("remedy", "answer"),
    [
        ('Zo ja: --kolommen "klant=Mijn kop" --alleen "Soort=a,b". Zo nee: --kolommen klant=-.',
         '--kolommen "klant=Mijn kop" --alleen "Soort=a,b"'),
        ("Met uw kop op de …: --kolommen klant=…. Zonder klanten: --kolommen klant=-.", "--kolommen klant=-"),
        ("Kies --regels optellen of --regels ordertotaal.", "--regels optellen"),
        ('Heet zij anders: --kolommen "btw=NIEUWE KOP"; weg: --kolommen "btw=-".', '--kolommen "btw=-"'),
        ("Bewaar elke tabel als een eigen bestand.", ""),
    ],
)  # fmt: skip
def test_the_first_options_that_can_be_typed_are_the_first_answer(remedy, answer):
    assert first_answer(remedy) == answer
