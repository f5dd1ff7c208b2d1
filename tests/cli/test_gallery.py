"""`klantwaarde voorbeelden`: a picture of each page, in the folder asked for, over nothing that is there."""

import builtins

import pytest

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.workbook import templates as declared

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
