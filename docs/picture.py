"""Make the pictures of README: the demo's printable pages as LibreOffice draws them, with Dutch numbers.

python docs/picture.py        needs LibreOffice, pdftoppm and Pillow
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import tempfile
from pathlib import Path

from klantwaarde_xl.cli.demo import make_demo

PAGES = {"basis": "Sommen", "dashboard": "Dashboard", "prognose": "Prognose"}  # template and sheet
DUTCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>nl-NL</value></prop></item></oor:items>"""


def main() -> None:
    """Draw each page into docs/, named after its template."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = make_demo(folder / "demo", now=dt.datetime(2026, 11, 27, 9), step=lambda _: None)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(DUTCH, encoding="utf-8")
        for template, sheet in PAGES.items():
            draw(demo.workbooks[template], sheet, folder, Path(__file__).with_name(f"{template}.png"))


def draw(book: Path, sheet: str, folder: Path, target: Path) -> None:
    """Draw the page whose footer names the sheet, and cut off the white around it."""
    from PIL import Image, ImageChops

    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book))
    pdf = str(folder / book.with_suffix(".pdf").name)
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    page = str(next(i for i, page in enumerate(text.split("\f"), 1) if f"· {sheet}" in page))
    run("pdftoppm", "-r", "110", "-png", "-singlefile", "-f", page, "-l", page, pdf, str(folder / "p"))
    picture = Image.open(folder / "p.png").convert("RGB")
    body = picture.crop((0, 0, picture.width, int(picture.height * 0.945)))  # without the footer
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    body.crop(box).quantize(128).save(folder / "small.png", optimize=True)
    shutil.copy(folder / "small.png", target)


def run(*command: str) -> None:
    """Run a program quietly; its failure is ours."""
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
