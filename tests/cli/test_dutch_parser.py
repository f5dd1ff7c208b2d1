"""argparse speaks Dutch: every sentence that it can complain with, on the Python that runs."""

import argparse
import re
from pathlib import Path

import pytest

from klantwaarde_xl.cli import commands, dutch_parser
from klantwaarde_xl.cli.dutch_parser import _COMPLAINTS, DutchParser, meant
from klantwaarde_xl.cli.words import parser
from klantwaarde_xl.errors import UsageError

ENGLISH = re.compile(
    r"\b(the|argument|arguments|required|unrecognized|invalid|choose|expected|ambiguous|allowed|ignored"
    r"|explicit|could|match|value|option|unknown|parser|one of|unexpected|can't|open)\b",
    re.IGNORECASE,
)


def sample():
    """A parser in which each of argparse's complaints can be had."""
    made = DutchParser(prog="klantwaarde proef")
    made.add_argument("naam")
    made.add_argument("--keus", choices=("wit", "zwart"))
    made.add_argument("--aantal", type=int)
    made.add_argument("--vlag", action="store_true")
    made.add_argument("--misschien", nargs="?")
    made.add_argument("--veel", nargs="+")
    made.add_argument("--twee", nargs=2)
    made.add_argument("--open", type=argparse.FileType(encoding="utf-8"))
    either = made.add_mutually_exclusive_group(required=True)
    either.add_argument("--links", action="store_true")
    either.add_argument("--rechts", action="store_true")
    return made


# Words, and what the complaint must name; together they reach every row of the table
BAD = {
    "--links": "naam",
    "x": "--links --rechts",
    "x --links --keus rood": "Er is geen --keus rood. Kies uit: wit, zwart",
    "x --links --aantal": "Achter --aantal hoort een waarde",
    "x --links --aantal veel": "veel kan niet bij --aantal",
    "x --links --veel": "minstens één",
    "x --links --twee 1": "2 waarden",
    "x --links --rechts": "gaan niet samen",
    "x --links --vlag=ja": "hoort geen waarde (ja)",
    "x --links --vreemd 3": "Dit ken ik niet: --vreemd 3",
    "x y --links": "Dit ken ik niet: y",
    "x --links --open weg.txt": "klopt iets niet aan --open",
}


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("words", BAD)
def test_each_complaint_of_argparse_is_dutch_and_names_what_is_wrong(tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        sample().parse_args(words.split())
    said = str(caught.value)
    assert BAD[words] in said
    assert "`klantwaarde proef --hulp`" in said
    assert not ENGLISH.search(re.sub(r"--\w+", "", said)), said


# argparse composes these sentences itself; the words above cannot reach them
SENTENCES = (
    "argument -m/--misschien: expected at most one argument",
    "ambiguous option: --g could match --gegevens, --gelijk",
    "argument KEUS: invalid choice: 'x' (choose from a, b)",
    "argument KEUS: invalid choice: 'a', maybe you meant 'ab'? (choose from ab, b)",
    "argument A: unknown parser 'x' (choices: a, b)",
    "argument A: a sentence of a later Python",
    "a sentence of a later Python",
    "unexpected option string: --x",
    "the following arguments are required: a,\nb",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_this_python_may_never_say_is_dutch_too(sentence):
    with pytest.raises(UsageError) as caught:
        DutchParser(prog="klantwaarde").error(sentence)
    assert not ENGLISH.search(caught.value.what.replace("Python", "")), caught.value.what


def test_every_row_of_the_table_is_reached_by_a_complaint(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    heard = list(SENTENCES)
    monkeypatch.setattr(DutchParser, "error", lambda self, message: heard.append(message) or _stop())
    for words in BAD:
        with pytest.raises(UsageError):
            sample().parse_args(words.split())
    hits = [next((row for row in _COMPLAINTS if re.fullmatch(row[0], one, re.DOTALL)), None) for one in heard]
    assert set(_COMPLAINTS) <= set(hits)


def _stop():
    raise UsageError("gehoord")


def test_a_word_with_a_line_end_in_it_is_still_dutch():
    with pytest.raises(UsageError) as caught:
        sample().parse_args(["x", "--links", "y\nz"])
    assert caught.value.what == "Dit ken ik niet: y\nz."


def leaves(tree, words=()):
    """Every command of the command line with its own parser."""
    below = [action for action in tree._actions if isinstance(action, argparse._SubParsersAction)]
    yield words, tree
    for action in below:
        for name, child in action.choices.items():
            yield from leaves(child, (*words, name))


COMMANDS = dict(leaves(parser(commands.RUNS)))


def test_every_command_does_something():
    for words, made in COMMANDS.items():
        has_commands = any(isinstance(action, argparse._SubParsersAction) for action in made._actions)
        assert has_commands or made.get_default("run") in commands.RUNS.values(), words


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_option_that_a_command_does_not_know_is_refused_in_its_own_name(capsys, words):
    assert commands.main([*words, "--vreemd"]) == 2
    err = capsys.readouterr().err
    assert "ken ik niet: --vreemd" in err or "Dit ontbreekt" in err
    assert f"`{' '.join(['klantwaarde', *words])} --hulp`" in err


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_is_dutch(capsys, words):
    with pytest.raises(SystemExit) as end:
        commands.main([*words, "--hulp"])
    assert end.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("gebruik: ")
    assert not re.search(r"usage|positional|options:|optional|show this|default", out)


VALUED = [
    (words, action.option_strings[-1])
    for words, made in COMMANDS.items()
    for action in made._actions
    if action.option_strings and action.nargs is None and isinstance(action, dutch_parser.Once)
]


@pytest.mark.parametrize(("words", "option"), VALUED, ids=str)
def test_an_option_given_twice_is_refused_for_the_first_would_be_ignored(capsys, words, option):
    needed = {"nieuw": ["dashboard"], "ververs": ["a.xlsx"], "controleer": ["a.csv"]}.get(words[0], [])
    assert commands.main([*words, *needed, option, "a", option, "b"]) == 2
    assert f"{option} staat er twee keer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        ("nieuw dashbord", "dashboard"),
        ("nieuw prognoze", "prognose"),
        ("nieuw functie", "functies"),
        ("ververst a.xlsx", "ververs"),
        ("Demo", "demo"),
        ("libreoffice bouwen", "bouw"),
        ("nieuw dashboard --gegeven a.csv", "--gegevens"),
        ("nieuw dashboard --gegeven=a.csv", "--gegevens"),
        ("nieuw dashboard \N{EN DASH}gegevens a.csv", "--gegevens"),
        ("nieuw dashboard --geg a.csv", "--gegevens"),
        ("nieuw dash", "dashboard"),
        ("controleer a.csv --decimal komma", "--decimaal"),
        ("ververs a.xlsx --zonderkopie", "--zonder-kopie"),
        ("nieuw dashboard --gegevens a.csv --kolommen bedrg=Totaal", "bedrag"),
    ],
)
def test_a_slip_of_the_pen_gets_the_word_that_was_meant(capsys, words, suggestion):
    assert commands.main(words.split()) == 2
    assert f"Bedoelde u {suggestion}? " in capsys.readouterr().err


def test_a_word_that_looks_like_nothing_gets_no_suggestion():
    assert meant("xyzzy", ["dashboard", "prognose"]) == ""


def test_an_option_before_its_command_is_told_where_it_belongs(capsys):
    assert commands.main(["--gegevens", "a.csv", "nieuw", "dashboard"]) == 2
    err = capsys.readouterr().err
    assert "Dit ken ik niet: --gegevens" in err
    assert "hoort erachter" in err


@pytest.mark.slow
def test_the_name_of_a_template_minds_no_capitals(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert commands.main(["nieuw", "Functies"]) == 0
    assert Path("klantwaarde-functies.xlsx").exists()
