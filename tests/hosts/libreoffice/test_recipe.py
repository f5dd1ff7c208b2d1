"""A recipe in a workbook that LibreOffice saved."""

import datetime as dt
import subprocess

from klantwaarde_xl.data.reading.files import read_transactions
from klantwaarde_xl.workbook.build import build_workbook
from klantwaarde_xl.workbook.recipes import recipes_in
from klantwaarde_xl.workbook.templates import template
from klantwaarde_xl.xlsx.package import Package
from tests.data.exports_made import SHOPIFY, TODAY


def test_a_recipe_survives_libreoffice(calc_host, tmp_path):
    export = tmp_path / "september.csv"
    export.write_text(SHOPIFY, encoding="utf-8")
    read = read_transactions(export, today=TODAY)
    now = dt.datetime.combine(TODAY, dt.time(12))
    recipes = {"transacties": read.recipe}
    build_workbook(template("dashboard"), read, now=now, recipes=recipes).save(tmp_path / "boek.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [calc_host[0], profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "na")]
    subprocess.run([*command, str(tmp_path / "boek.xlsx")], check=True, capture_output=True, timeout=90)
    assert recipes_in(Package.open(tmp_path / "na" / "boek.xlsx")) == recipes
