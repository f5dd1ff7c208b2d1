"""Fields with signs around them that are no quotation marks of a CSV."""

import pytest

from tests.data.exported import figures, read, write

__all__ = ["write"]

HEAD = ["Nr", "Datum", "Klantnr", "Naam", "Bedrag"]
ROWS = [["1", "3-1-2024", "0012", "Vries & Zn.", "1.010,25"], ["2", "14-1-2024", "0013", "Bos", "5,00"],
        ["3", "15-1-2024", "0012", "Vries & Zn.", "2,75"]]  # fmt: skip


def text(dress, delimiter=";", head=None):
    lines = [[(head or dress)(one) for one in HEAD], *([dress(one) for one in row] for row in ROWS)]
    return "".join(f"{delimiter.join(line)}\n" for line in lines)


@pytest.mark.parametrize(("dress", "head", "delimiter"), [
    (lambda one: f"'{one}'", None, ";"), (lambda one: f"'{one}'", str, ","), (lambda one: f"`{one}`", None, "\t"),
    (lambda one: f'="{one}"', None, ";"), (lambda one: f'="{one}"', str, "\t"),
    (lambda one: f'"=""{one}"""', str, ","),
])  # fmt: skip
def test_signs_around_all_fields_are_taken_off(write, dress, head, delimiter):
    checked = read(write(text(dress, delimiter, head)))
    assert figures(checked) == (3, 1018.0, 1018.0, 2)
    assert {row[0] for row in checked.rows()} == {"0012", "0013"}
    assert any(note.startswith("de tekens om de velden") for note in checked.quality.notes)


def test_a_formula_around_the_codes_alone_is_taken_off(write):
    rows = "".join(f'{nr};{day};="{code}";{name};{paid}\n' for nr, day, code, name, paid in ROWS)
    checked = read(write(f"{';'.join(HEAD)}\n{rows}"))
    assert {row[0] for row in checked.rows()} == {"0012", "0013"}


def test_a_name_between_apostrophes_keeps_them(write):
    path = write("Nr;Datum;Klant;Bedrag\n1;3-1-2024;'t Hof';5\n2;4-1-2024;'Bos';6\n3;5-1-2024;'t Hof';7\n")
    checked = read(path)
    assert figures(checked)[3] == 2
    assert "'Bos'" in {row[0] for row in checked.rows()}
