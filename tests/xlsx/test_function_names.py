"""Functions put among the names of a user's workbook: nothing else changes, and nothing of the user's is lost."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import ironcalc
import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName

from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.errors import WorkbookUnsafe
from klantwaarde_xl.functions.lambdas.definition import lambdas
from klantwaarde_xl.workbook.named_functions import MODULES, module_text, name_functions, put_into_file
from klantwaarde_xl.xlsx.package import Package

NOW = dt.datetime(2026, 11, 27, 9)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _by_openpyxl(path: Path, names: dict[str, str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"] = "=KLANTWAARDE(500,2,200)", 5
    for name, text in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=text)
    book.save(path)


def _by_xlsxwriter(path: Path, names: dict[str, str]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sheet")
        sheet.write_formula("A1", "=KLANTWAARDE(500,2,200)", None, 0)
        sheet.write("A2", 5)
        sheet.autofilter("C1:D3")  # a name of one sheet
        for name, text in names.items():
            book.define_name(name, f"={text}")


@pytest.mark.slow
@pytest.mark.parametrize("write", [_by_openpyxl, _by_xlsxwriter])
@pytest.mark.parametrize("names", [{}, {"aaa": "Sheet!$A$1", "zzz": "Sheet!$A$2"}, {"clv": "Sheet!$A$2"}])
def test_only_the_workbook_part_changes_and_twice_is_once(tmp_path: Path, write, names) -> None:
    path = tmp_path / "eigen.xlsx"
    write(path, names)
    before = _parts(path.read_bytes())
    done = put_into_file(path, now=NOW, backup=True)
    assert done.named.taken == (("CLV",) if "clv" in names else ())
    assert len(done.named.added) == len(lambdas()) - len(done.named.taken)
    assert done.backup is not None
    assert _parts(done.backup.read_bytes()) == before
    after = _parts(path.read_bytes())
    assert [name for name in after if after[name] != before.get(name)] == ["xl/workbook.xml"]
    assert before.keys() == after.keys()

    book = openpyxl.load_workbook(path)
    assert {name: book.defined_names[name].attr_text for name in names} == names
    stored = {name: book.defined_names[name] for name in done.named.added}
    assert all(one.attr_text == lambdas()[name].stored for name, one in stored.items())
    assert all(one.comment == lambdas()[name].comment for name, one in stored.items())
    ordered = [name.casefold() for name in book.defined_names]
    assert ordered == sorted(ordered)

    again = put_into_file(path, now=NOW, backup=True)
    assert (again.named.added, again.named.renewed) == ((), ())
    assert again.backup is None
    assert _parts(path.read_bytes()) == after

    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    assert model.get_cell_value(0, 1, 1) == 800


def test_an_older_function_is_renewed(tmp_path: Path) -> None:
    path = tmp_path / "oud.xlsx"
    older = lambdas()["CLV"].stored + "+0"
    _by_openpyxl(path, {"CLV": older.lower(), "cac": lambdas()["CAC"].stored + "+0"})
    named = put_into_file(path, now=NOW, backup=False).named
    assert set(named.renewed) == {"CLV", "CAC"}
    names = openpyxl.load_workbook(path).defined_names
    assert names["CLV"].attr_text == lambdas()["CLV"].stored
    assert names["cac"].attr_text == lambdas()["CAC"].stored  # under the name that the workbook has


def test_a_lambda_of_the_users_own_is_never_touched(tmp_path: Path) -> None:
    path = tmp_path / "eigen.xlsx"
    own = {
        "CLV": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x)",
        "CAC": "_xlfn.LAMBDA(_xlpm.kosten,_xlpm.klanten,_xlfn.LET(_xlpm.k,_xlpm.kosten,_xlpm.k/_xlpm.klanten))",
    }
    _by_openpyxl(path, own)
    named = put_into_file(path, now=NOW, backup=False).named
    assert set(named.taken) == {"CLV", "CAC"}
    names = openpyxl.load_workbook(path).defined_names
    assert {name: names[name].attr_text for name in own} == own


def test_a_name_of_one_sheet_stays_and_is_told_with_its_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """There it goes before the workbook's, so what is typed on that sheet is not our function."""
    path = tmp_path / "eigen.xlsx"
    own = {
        "'Mijn blad'!clv": "=Blad!$A$1",
        "Blad!CAC": "=Blad!$A$2",
        "Blad!NPS": f"={lambdas()['NPS'].stored}",
    }
    with xlsxwriter.Workbook(path) as book:
        book.add_chartsheet("Grafiek")
        book.add_worksheet("Blad")
        book.add_worksheet("Mijn blad").write_formula("A1", "=KLANTWAARDE(500,2,200)", None, 0)
        for name, text in own.items():
            book.define_name(name, text)
    named = put_into_file(path, now=NOW, backup=False).named
    assert set(named.local) == {("CLV", "Mijn blad"), ("CAC", "Blad")}  # a copy of ours computes the same
    assert (len(named.added), named.taken) == (len(lambdas()), ())
    kept = b'<definedName name="clv" localSheetId="2">Blad!$A$1</definedName>'
    assert kept in _parts(path.read_bytes())["xl/workbook.xml"]
    assert main(["voegtoe", str(path)]) == 0
    said = capsys.readouterr().out
    assert "op het blad Mijn blad is CLV al een naam van dat blad" in said
    assert "op het blad Blad is CAC al een naam van dat blad" in said


@pytest.mark.parametrize("table", ["NPS", "nps"])
def test_a_table_keeps_its_name_to_itself(tmp_path: Path, table: str) -> None:
    """Tables and names share one list in Excel, which repairs a file where two are called the same."""
    path = tmp_path / "tabel.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().add_table("A1:B3", {"name": table})
    named = put_into_file(path, now=NOW, backup=False).named
    assert named.taken == ("NPS",)
    assert "NPS" not in openpyxl.load_workbook(path).defined_names


@pytest.mark.parametrize(
    ("formula", "shown", "macros", "stays"),
    [
        ("=2*clv(A1)", 12, True, True),
        ("=2*clv(A1)", 12, False, False),  # no macro there to compute it
        ("=CLV(A1)", "#NAME?", True, False),  # typed before the functions came
        ("=Reken.CLV(A1)", 12, True, False),
        ("=MIJNCLV(A1)", 12, True, False),
    ],
)
def test_cells_that_call_a_macro_keep_calling_it(
    tmp_path: Path, formula: str, shown: object, macros: bool, stays: bool
) -> None:
    path = tmp_path / "macro.xlsm"
    (tmp_path / "vba.bin").write_bytes(b"x")
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_formula("B1", formula, None, shown)
        if macros:
            book.add_vba_project(str(tmp_path / "vba.bin"))
    assert put_into_file(path, now=NOW, backup=False).named.taken == (("CLV",) if stays else ())
    again = put_into_file(path, now=NOW, backup=False).named
    assert (again.added, again.renewed) == ((), ())


def test_prefixed_tags_are_kept(tmp_path: Path) -> None:
    """Some programs write every tag with a prefix, and names where the schema has none before them."""
    path = tmp_path / "voorvoegsel.xlsx"
    _by_xlsxwriter(path, {})
    parts = _parts(path.read_bytes())
    book = parts["xl/workbook.xml"].decode()
    book = book.replace('xmlns="http', 'xmlns:x="http', 1)
    for tag in ("workbook", "fileVersion", "workbookPr", "bookViews", "workbookView", "sheets", "sheet",
                "definedNames", "definedName", "calcPr"):  # fmt: skip
        for mark in ("<", "</"):
            for end in (" ", ">", "/>"):
                book = book.replace(f"{mark}{tag}{end}", f"{mark}x:{tag}{end}")
    with zipfile.ZipFile(path, "w") as file:
        for name, data in {**parts, "xl/workbook.xml": book.encode()}.items():
            file.writestr(name, data)
    put_into_file(path, now=NOW, backup=False)
    assert len(openpyxl.load_workbook(path).defined_names) == len(lambdas())


def test_a_signed_and_a_strict_workbook_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "getekend.xlsx"
    _by_xlsxwriter(path, {})
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    with pytest.raises(WorkbookUnsafe, match="ondertekend"):
        put_into_file(path, now=NOW, backup=False)
    _by_xlsxwriter(path, {})
    parts = _parts(path.read_bytes())
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            data = data.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                b"http://purl.oclc.org/ooxml/spreadsheetml/main")  # fmt: skip
            file.writestr(name, data)
    with pytest.raises(WorkbookUnsafe, match="Strict"):
        put_into_file(path, now=NOW, backup=False)


@pytest.mark.slow
def test_the_commands_say_what_they_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "eigen.xlsx"
    _by_openpyxl(path, {"CLV": "Sheet!$A$2"})
    assert main(["voegtoe", str(path)]) == 0
    said = capsys.readouterr().out
    assert f"{len(lambdas()) - 1} functies toegevoegd" in said
    assert "blijven zo: CLV" in said
    assert "back-up" in said
    assert main(["voegtoe", str(path)]) == 0
    assert "er is niets veranderd" in capsys.readouterr().out
    assert main(["voegtoe", str(tmp_path / "export.csv")]) == 2
    assert "Opslaan als" in capsys.readouterr().err
    assert main(["functiemodule", "--map", str(tmp_path / "tekst")]) == 0
    for name, notation in MODULES.items():
        text = (tmp_path / "tekst" / f"klantwaarde-functies-{name}.txt").read_text(encoding="utf-8")
        assert text == module_text(notation)
        assert text.count(" = LAMBDA(") == len(lambdas())


def test_names_cost_a_workbook_little() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet()
    package = Package.from_bytes(target.getvalue())
    name_functions(package)
    assert len(package.to_bytes()) - len(target.getvalue()) <= 60_000


@pytest.mark.slow
def test_a_basis_carries_the_functions_and_others_when_asked(tmp_path: Path) -> None:
    assert main(["nieuw", "basis", "--uit", str(tmp_path / "basis.xlsx")]) == 0
    data = tmp_path / "orders.csv"
    data.write_text(
        "klant;datum;bedrag\nA;01-02-2026;10\nA;01-03-2026;12,50\nB;02-02-2026;8\n", encoding="utf-8"
    )
    new = ["nieuw", "dashboard", "--gegevens", str(data), "--uit"]
    assert main([*new, str(tmp_path / "zonder.xlsx")]) == 0
    assert main([*new, str(tmp_path / "met.xlsx"), "--functienamen"]) == 0
    held = {}
    for name in ("basis", "zonder", "met"):
        book = _parts((tmp_path / f"{name}.xlsx").read_bytes())["xl/workbook.xml"].decode()
        held[name] = {one for one in lambdas() if f'<definedName name="{one}" comment=' in book}
    assert held == {"basis": set(lambdas()), "zonder": set(), "met": set(lambdas())}


@pytest.mark.slow
def test_a_file_that_calc_saved_again_is_mended(tmp_path: Path, calc) -> None:
    """Calc keeps the names, writes their functions in small letters and drops what they are for."""
    path, saved = tmp_path / "namen.xlsx", tmp_path / "door-calc.xlsx"
    _by_xlsxwriter(path, {"eigen": "Sheet!$A$2"})
    put_into_file(path, now=NOW, backup=False)
    document = calc.open(path=str(path))
    calc.save(document, path=str(saved))
    calc.close(document)
    named = put_into_file(saved, now=NOW, backup=False).named
    assert (len(named.renewed), named.added, named.taken) == (len(lambdas()), (), ())
    names = openpyxl.load_workbook(saved).defined_names
    assert all(names[one.name].attr_text == one.stored for one in lambdas().values())
    assert "eigen" in names


@pytest.mark.slow
def test_names_that_no_cell_calls_change_nothing_in_calc(tmp_path: Path, calc) -> None:
    path = tmp_path / "basis.xlsx"
    assert main(["nieuw", "basis", "--uit", str(path)]) == 0
    package = Package.open(path)
    cells, sheets = package.shown(), package.sheet_names()
    document = calc.open(path=str(path))
    calc.recalculate(document)
    for sheet, shown in cells.items():
        got = calc.many(document, list(shown), sheet=sheets.index(sheet))
        for value, (address, wanted) in zip(got, shown.items(), strict=True):
            if isinstance(wanted, float):
                assert value == pytest.approx(wanted, rel=1e-9), (sheet, address)
    calc.close(document)
