"""`klantwaarde ververs MAP`: each workbook from its own data, once, whatever happens to its neighbours."""

import contextlib
import json
import os
import re
import shlex
import shutil
import stat
import sys
from pathlib import Path

import pytest

from klantwaarde_xl.cli import refresh_folder
from klantwaarde_xl.cli.commands import main
from klantwaarde_xl.cli.folder_state import NAME, state_of
from klantwaarde_xl.cli.reading import files_of
from klantwaarde_xl.xlsx.package import Package

ROWS = "".join(f"K{i};{i}-3-2025;{i},50\nK{i};{i}-5-2025;5,00\n" for i in range(1, 9))
GOOD = f"klant;datum;bedrag\n{ROWS}"
SECRET = "Jansen & Zonen"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with an export, and two workbooks made from it, of which one is called dashboard."""
    folder = tmp_path_factory.mktemp("winkel")
    (folder / "orders.csv").write_text(GOOD, encoding="utf-8")
    with contextlib.chdir(folder):
        for kind, name in (("rfm-segmenten", "dashboard"), ("retentie-cohorten", "retentie-cohorten")):
            assert main(["nieuw", kind, "--gegevens", "orders.csv", "--uit", f"{name}.xlsx"]) == 0
    return folder


@pytest.fixture
def shop(here, made, monkeypatch):
    """A copy of that folder, in which the commands run."""
    monkeypatch.setattr(refresh_folder, "AT_REST", 0.0)
    shutil.copytree(made, here, dirs_exist_ok=True)
    return here


def add_order(path, words=f"{SECRET};1-6-2025;100\n"):
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(words)


def customers(path):
    return {row[0] for row in Package.open(Path(path)).read_table("tblTransacties").rows}


def copies(folder):
    return sorted(path.name for path in folder.glob("*back-up*"))


@pytest.mark.slow
def test_what_changed_is_refreshed_once_and_then_nothing_is_left_to_do(shop, say):
    add_order("orders.csv")
    code, out, err = say("ververs", ".")
    assert (code, err) == (0, "")
    assert "dashboard.xlsx: ververst uit orders.csv" in out
    assert "2 van 2 bijgewerkt." in out
    assert SECRET in customers("dashboard.xlsx") & customers("retentie-cohorten.xlsx")
    made = copies(shop)
    code, out, err = say("ververs", ".")
    assert (code, err) == (0, "")
    assert "ververst uit" not in out
    assert copies(shop) == made


@pytest.mark.slow
def test_a_workbook_that_its_user_saved_is_refreshed_and_its_neighbour_is_not(shop, say):
    say("ververs", ".", "--zonder-kopie")
    assert say("ververs", "dashboard.xlsx", "--marge", "40%", "--zonder-kopie")[0] == 0
    out = say("ververs", ".")[1]
    assert "dashboard.xlsx: ververst" in out
    assert "retentie-cohorten.xlsx" not in out


@pytest.mark.slow
def test_a_folder_that_was_moved_still_knows_which_data_belong_to_what(shop, say, tmp_path_factory):
    away = tmp_path_factory.mktemp("elders") / "map"
    shutil.copytree(shop, away)
    add_order(away / "orders.csv")
    code, out, _ = say("ververs", away)
    assert (code, "dashboard.xlsx: ververst uit orders.csv" in out) == (0, True)
    assert SECRET in customers(away / "dashboard.xlsx")
    assert SECRET not in customers("dashboard.xlsx")


@pytest.mark.slow
def test_a_new_file_of_a_pattern_counts(here, say, monkeypatch):
    monkeypatch.setattr(refresh_folder, "AT_REST", 0.0)
    (here / "uit").mkdir()
    (here / "uit" / "orders-1.csv").write_text(GOOD, encoding="utf-8")
    assert say("nieuw", "rfm-segmenten", "--gegevens", "uit/orders-*.csv", "--uit", "d.xlsx")[0] == 0
    say("ververs", ".", "--zonder-kopie")
    assert "ververst uit" not in say("ververs", ".")[1]
    (here / "uit" / "orders-2.csv").write_text("klant;datum;bedrag\nNieuw;2-6-2025;9,00\n", encoding="utf-8")
    assert "d.xlsx: ververst uit orders-*.csv" in say("ververs", ".", "--zonder-kopie")[1]
    assert "Nieuw" in customers("d.xlsx")


@pytest.mark.slow
def test_workbooks_that_lie_among_their_data_are_no_data(here, say, monkeypatch):
    monkeypatch.setattr(refresh_folder, "AT_REST", 0.0)
    (here / "orders-1.csv").write_text(GOOD, encoding="utf-8")
    assert say("nieuw", "rfm-segmenten", "--gegevens", ".", "--uit", "d.xlsx")[0] == 0
    (here / "orders-2.csv").write_text("klant;datum;bedrag\nNieuw;2-6-2025;9,00\n", encoding="utf-8")
    code, out, err = say("ververs", ".")
    assert (code, err) == (0, "")
    assert "d.xlsx: ververst uit deze map" in out
    assert "Nieuw" in customers("d.xlsx")
    assert len(copies(here)) == 1
    assert "ververst uit" not in say("ververs", ".")[1]
    assert len(copies(here)) == 1


@pytest.mark.slow
def test_a_folder_of_nothing_but_a_workbook_of_ours_is_read_from_it(shop, say):
    (shop / "orders.csv").unlink()
    (shop / "retentie-cohorten.xlsx").unlink()
    code, out, _ = say("controleer", ".", "--blad", "Gegevens")
    assert code == 0
    assert "16 orders" in out


@pytest.mark.slow
def test_a_workbook_with_a_space_whose_data_went_is_refreshed_as_advised(shop, say):
    (shop / "dashboard.xlsx").rename(shop / "mijn dashboard.xlsx")
    (shop / "orders.csv").rename(shop / "nieuwe orders.csv")
    code, _, told = say("ververs", ".")
    assert code != 0
    command = told.partition("klantwaarde ")[2].splitlines()[0]
    assert command == 'ververs "mijn dashboard.xlsx" --gegevens BESTAND'
    words = [*shlex.split(command)[:-1], "nieuwe orders.csv"]
    code, out, _ = say(*words)
    assert (code, "Ververst: mijn dashboard.xlsx" in out) == (0, True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_a_link_to_a_workbook_beside_it_is_that_workbook(shop, say):
    (shop / "eerste.xlsx").symlink_to("dashboard.xlsx")
    (shop / "z.xlsx").symlink_to("dashboard.xlsx")
    add_order("orders.csv")
    assert "2 van 2 bijgewerkt." in say("ververs", ".")[1]
    made = copies(shop)
    assert "ververst uit" not in say("ververs", ".")[1]
    assert copies(shop) == made


@pytest.mark.slow
def test_data_from_elsewhere_are_named_for_all_and_are_not_kept(shop, say, tmp_path_factory):
    other = tmp_path_factory.mktemp("elders") / "geheim-adres.csv"
    other.write_text(GOOD.replace("K1;", f"{SECRET};"), encoding="utf-8")
    code, out, _ = say("ververs", ".", "--gegevens", other, "--zonder-kopie")
    assert (code, "ververst uit geheim-adres.csv" in out) == (0, True)
    assert SECRET in customers("dashboard.xlsx")
    kept = Package.open(Path("dashboard.xlsx")).custom_properties()
    assert not any("elders" in text or "orders.csv" in text for text in kept.values())
    # What belongs to the workbook by now are its own rows, not the file of before
    say("ververs", ".", "--zonder-kopie")
    assert SECRET in customers("dashboard.xlsx")


@pytest.mark.slow
def test_one_that_is_refused_does_not_keep_the_others_and_the_code_says_partly(shop, say):
    Path("retentie-cohorten.xlsx").unlink()
    Path("tweede.csv").write_text(GOOD, encoding="utf-8")
    say("nieuw", "rfm-segmenten", "--gegevens", "tweede.csv", "--uit", "ander.xlsx")
    say("ververs", ".", "--zonder-kopie")
    add_order("orders.csv")
    Path("tweede.csv").write_text("klant;datum;be", encoding="utf-8")
    before = Path("ander.xlsx").read_bytes()
    code, out, err = say("ververs", ".")
    assert code == refresh_folder.PARTLY
    assert "1 van 2 bijgewerkt, 1 geweigerd." in out
    assert err.startswith("Fout: ander.xlsx: ")
    assert Path("ander.xlsx").read_bytes() == before
    assert SECRET in customers("dashboard.xlsx")
    assert say("ververs", ".")[0] == refresh_folder.PARTLY  # it stays refused until it is mended
    Path("tweede.csv").write_text(GOOD, encoding="utf-8")
    assert say("ververs", ".")[0] == 0


def test_when_none_can_be_refreshed_the_code_says_why(shop, say):
    Path("orders.csv").unlink()
    code, _, err = say("ververs", ".")
    assert code == 3
    assert "De gegevens bij dit werkboek zijn er niet meer." in err
    assert "Oplossing: Zet ze terug" in err


@pytest.mark.slow
@pytest.mark.parametrize("lock", ["~$dashboard.xlsx", ".~lock.dashboard.xlsx#"])
def test_an_open_workbook_is_left_and_refreshed_the_next_time(shop, say, lock):
    add_order("orders.csv")
    Path(lock).write_bytes(b"\x04Jan ")
    before = Path("dashboard.xlsx").read_bytes()
    code, _, err = say("ververs", ".")
    assert code == refresh_folder.PARTLY
    assert "geopend in" in err
    assert Path("dashboard.xlsx").read_bytes() == before
    Path(lock).unlink()
    assert say("ververs", ".")[0] == 0
    assert SECRET in customers("dashboard.xlsx")


@pytest.mark.slow
def test_what_is_not_ours_is_passed_over_and_a_damaged_workbook_of_ours_is_told(shop, say):
    Path("kapot.xlsx").write_bytes(b"PK\x03\x04 niets")
    Path("~$tijdelijk.xlsx").write_bytes(b"")
    code, out, _ = say("ververs", ".", "--zonder-kopie")
    assert (code, "kapot.xlsx: overgeslagen" in out) == (0, True)
    Path("dashboard.xlsx").write_bytes(Path("dashboard.xlsx").read_bytes()[:5000])
    code, _, err = say("ververs", ".")
    assert code == refresh_folder.PARTLY
    assert "Fout: dashboard.xlsx: " in err


def test_a_folder_without_workbooks_has_nothing_to_do(here, say):
    code, out, _ = say("ververs", ".")
    assert (code, "geen werkboek van Klantwaarde XL" in out) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--marge", "30%"], "--marge"),
        (["--kolommen", "klant=x"], "--kolommen"),
        (["--recept", "r.json"], "--recept"),
        (["--gegevens", "enquete=orders.csv"], "enquete"),
        (["--gegevens", "onzin=orders.csv"], "onzin=orders.csv"),
        (["--logboek", "nergens/log.txt"], "logboek"),
        (["--volg", "--gegevens", "postgresql://u@server/db#t"], "server"),
    ],
)
def test_words_that_would_do_nothing_for_a_folder_are_refused(shop, say, words, said):
    code, out, err = say("ververs", ".", *words)
    assert code in (2, 3)
    assert out == ""
    assert said in err


def test_a_folder_that_is_not_there_and_a_workbook_to_follow_are_wrong_use(shop, say):
    assert say("ververs", "bestaatniet")[0] == 2
    assert say("ververs", "dashboard.xlsx", "--volg")[0] == 2


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="for root every folder is open")
def test_a_folder_in_which_nothing_may_be_written_is_refused(shop, say):
    shop.chmod(0o500)
    try:
        code, _, err = say("ververs", ".")
    finally:
        shop.chmod(0o700)
    assert (code, "kan niet worden geschreven" in err) == (4, True)


@pytest.mark.slow
def test_a_second_refresh_of_the_same_folder_is_refused_while_the_first_is_at_it(shop, say):
    with state_of(shop):
        code, _, err = say("ververs", ".")
    assert (code, "ververst deze map al" in err) == (4, True)
    assert say("ververs", ".")[0] == 0


def test_a_file_that_is_still_written_is_not_read(shop, say, monkeypatch):
    before = Path("dashboard.xlsx").read_bytes()

    def writes(folder, works, real=refresh_folder.Folder.moving):
        folder.pause = lambda seconds: add_order("orders.csv")
        return real(folder, works)

    monkeypatch.setattr(refresh_folder.Folder, "moving", writes)
    code, _, err = say("ververs", ".")
    assert (code, err.count("nog in een van de bestanden geschreven")) == (3, 2)
    assert Path("dashboard.xlsx").read_bytes() == before


def test_a_file_that_changes_while_it_is_read_gives_no_refresh(shop, say, monkeypatch):
    before = Path("dashboard.xlsx").read_bytes()

    def refresh_from(options, book, files, real=refresh_folder.refresh_from, **more):
        add_order("orders.csv")
        return real(options, book, files, **more)

    monkeypatch.setattr(refresh_folder, "refresh_from", refresh_from)
    code, _, err = say("ververs", ".")
    assert (code, "veranderde terwijl het werd gelezen" in err) == (3, True)
    assert Path("dashboard.xlsx").read_bytes() == before


@pytest.mark.slow
def test_silence_means_nothing_on_either_stream_when_all_is_well_and_words_when_not(shop, say):
    assert say("ververs", ".", "--stil") == (0, "", "")
    assert say("ververs", "dashboard.xlsx", "--stil") == (0, "", "")
    add_order("orders.csv", "x;y\n")
    code, out, err = say("ververs", ".", "--stil")
    assert (code, out) == (3, "")
    assert err.startswith("Fout: dashboard.xlsx")


@pytest.mark.slow
def test_the_log_tells_what_was_done_and_no_customer_and_is_the_owners_own(shop, say):
    log = shop / "ververs.log"
    log.write_text("", encoding="utf-8")
    log.chmod(0o644)
    add_order("orders.csv")
    say("ververs", ".", "--logboek", log)
    add_order("orders.csv", f"{SECRET};gisteren;veel\n")
    say("ververs", ".", "--logboek", log)
    say("ververs", "dashboard.xlsx", "--gegevens", "orders.csv", "--logboek", log)
    text = log.read_text(encoding="utf-8")
    assert re.search(
        r"dashboard\.xlsx \| ververst; gelezen: transacties 17 rijen; \d+ tabellen geschreven", text
    )
    assert "dashboard.xlsx | geweigerd: rijen van de gegevens zijn niet te lezen | 3" in text
    assert "2 van 2 bijgewerkt | 0" in text
    assert "gisteren" not in text
    assert "Jansen" not in text
    if sys.platform != "win32":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
        assert stat.S_IMODE((shop / NAME).stat().st_mode) == 0o600


@pytest.mark.slow
def test_the_state_that_is_spoiled_makes_a_refresh_more_and_no_fault(shop, say):
    Path("retentie-cohorten.xlsx").unlink()
    say("ververs", ".", "--zonder-kopie")
    for text in ("{", "[1]", '{"dashboard.xlsx": 3}'):
        (shop / NAME).write_text(text, encoding="utf-8")
        code, out, _ = say("ververs", ".", "--zonder-kopie")
        assert (code, "dashboard.xlsx: ververst" in out) == (0, True)
    assert [*json.loads((shop / NAME).read_text(encoding="utf-8"))] == ["dashboard.xlsx"]


def test_a_file_with_an_equals_sign_and_no_table_is_the_main_one():
    assert files_of(["a=b.csv"], ["transacties", "kosten"]) == {"transacties": "a=b.csv"}


def test_the_help_and_the_manual_tell_the_same_codes(capsys):
    with pytest.raises(SystemExit):
        main(["ververs", "--hulp"])
    told = re.findall(r"^  (\d+)  (.+)$", capsys.readouterr().out, re.MULTILINE)
    manual = (Path(__file__).parents[2] / "install.md").read_text(encoding="utf-8")
    assert {code for code, _ in told} == {"0", "2", "3", "4", str(refresh_folder.PARTLY)}
    for code, words in told:
        assert f"| {code} | {words.split(',')[0]}" in manual
