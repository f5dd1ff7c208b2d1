"""`klantwaarde voorbeelden`: its words, and a picture of the page of every workbook, with an example."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from klantwaarde_xl.cli.progress import progress
from klantwaarde_xl.cli.reading import path
from klantwaarde_xl.cli.targets import refuse_folder
from klantwaarde_xl.errors import HostError
from klantwaarde_xl.leftovers import scratch

_SCALE = 110 / 72  # of a point: wide enough to read on a screen
_FOOTER = 0.055  # of the height, at the bottom of a printed page
_COLORS = 128


def add_gallery(commands: Any) -> None:
    """Add the command's words to the parser."""
    command = commands.add_parser(
        "voorbeelden", help="teken van elk werkboek de pagina, met een voorbeeld (PNG; met LibreOffice)"
    )
    command.add_argument(
        "--uit",
        "--map",
        type=path,
        default=Path("voorbeelden"),
        metavar="MAP",
        help="waar ze komen te staan",
    )
    command.add_argument("--overschrijven", action="store_true", help="vervang bestaande bestanden")


def draw_gallery(options: argparse.Namespace, *, now: dt.datetime) -> list[str]:
    """Draw the pictures that are asked for; return what to say about it.

    Raises `HostError` where LibreOffice or what draws a PDF is not there.
    """
    from klantwaarde_xl.cli.demo import example_data, example_workbook
    from klantwaarde_xl.hosts.libreoffice.pdf import sheets_as_pdf
    from klantwaarde_xl.hosts.setup.machine import this_machine
    from klantwaarde_xl.workbook.content import pages_of
    from klantwaarde_xl.workbook.templates import templates

    wanted = {name: one for name, one in templates().items() if one.refreshes}
    refuse_folder(options.uit, map(picture_name, wanted), overwrite=options.overschrijven)
    _refuse_without_library()
    options.uit.mkdir(parents=True, exist_ok=True)
    made, given = [], example_data(now)
    with scratch() as folder, progress(len(wanted)) as step:
        book, pdf = folder / "werkboek.xlsx", folder / "pagina.pdf"
        for template in wanted.values():
            step(f"{template.id} tekenen")
            book.unlink(missing_ok=True)
            example_workbook(template, now=now, given=given).save(book)
            sheets_as_pdf(this_machine(), book, pages_of(template), pdf)
            made.append(options.uit / picture_name(template.id))
            draw(pdf, made[-1])
    return [f"Gemaakt: {one}" for one in made]


def picture_name(template: str) -> str:
    """What the picture of a template's page is called."""
    return f"{template}.png"


def draw(pdf: Path, target: Path) -> None:
    """Draw the first page of a PDF, without its footer and the white around it."""
    import pypdfium2
    from PIL import Image, ImageChops

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    body = page.crop((0, 0, page.width, int(page.height * (1 - _FOOTER))))
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    # The colours that differ most: by how often each is there, the red of one word would become brown
    few = body.crop(box).quantize(_COLORS, method=Image.Quantize.MAXCOVERAGE, kmeans=1)
    few.save(target, optimize=True)


def _refuse_without_library() -> None:
    try:
        import PIL  # noqa: F401
        import pypdfium2  # noqa: F401
    except ImportError as error:
        raise HostError(
            "Om plaatjes te tekenen ontbreekt een bibliotheek.",
            where=str(error.name),
            remedy='Voer uit: pip install "klantwaarde-xl[beelden]". Zonder maakt `klantwaarde pdf` een PDF.',
        ) from None
