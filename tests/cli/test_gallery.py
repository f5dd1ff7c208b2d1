"""`klantwaarde voorbeelden`: a picture of each page, in the folder asked for, over nothing that is there."""

import builtins

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.demo import TEMPLATE_MOMENT, example_workbook
from klantwaarde_xl.cli.gallery import draw
from klantwaarde_xl.hosts.libreoffice.pdf import sheets_as_pdf
from klantwaarde_xl.hosts.setup.machine import this_machine
from klantwaarde_xl.workbook import templates as declared
from klantwaarde_xl.workbook.styles import BAD

ONE = declared.template("klantbeleving")


@pytest.fixture
def only_one(monkeypatch):
    """A gallery of one workbook: to draw all takes half a minute."""
    monkeypatch.setattr(
        declared, "templates", lambda: {ONE.id: ONE, "functies": declared.template("functies")}
    )


@pytest.mark.slow
@pytest.mark.usefixtures("calc_host", "only_one")
def test_a_page_is_drawn_without_the_white_around_it(tmp_path, capsys):
    from PIL import Image

    assert main(["voorbeelden", "--uit", str(tmp_path / "beeld")]) == 0
    assert "klantbeleving.png" in capsys.readouterr().out
    assert [one.name for one in (tmp_path / "beeld").iterdir()] == ["klantbeleving.png"]
    picture = Image.open(tmp_path / "beeld" / "klantbeleving.png").convert("RGB")
    assert picture.width > 900
    edges = [picture.crop(box) for box in ((0, 0, 1, picture.height), (0, 0, picture.width, 1))]
    assert all(edge.getextrema() != ((255, 255),) * 3 for edge in edges)  # none is white all along


def test_pictures_that_are_there_stay(tmp_path, capsys):
    (tmp_path / "basis.png").write_text("mijn")
    assert main(["voorbeelden", "--uit", str(tmp_path)]) == 2
    assert "basis.png" in capsys.readouterr().err
    assert (tmp_path / "basis.png").read_text() == "mijn"


def test_without_the_library_it_says_what_to_install(tmp_path, capsys, monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name == "pypdfium2":
            raise ModuleNotFoundError(name=name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert main(["voorbeelden", "--uit", str(tmp_path / "beeld")]) == 5
    assert "klantwaarde-xl[beelden]" in capsys.readouterr().err
    assert not (tmp_path / "beeld").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("calc_host")
def test_a_red_word_on_a_page_of_blue_and_green_stays_red(tmp_path):
    """By how often a colour is there, the few red dots of a verdict were drawn as brown."""
    from PIL import Image

    example_workbook(declared.template("cac-kanalen"), now=TEMPLATE_MOMENT).save(tmp_path / "boek.xlsx")
    sheets_as_pdf(this_machine(), tmp_path / "boek.xlsx", ["Kanaaloverzicht"], tmp_path / "boek.pdf")
    draw(tmp_path / "boek.pdf", tmp_path / "boek.png")
    colors = Image.open(tmp_path / "boek.png").convert("RGB").getcolors(1 << 24)
    red = tuple(bytes.fromhex(BAD[1:]))
    assert any(sum(abs(ours - one) for ours, one in zip(color, red, strict=True)) < 60 for _, color in colors)
