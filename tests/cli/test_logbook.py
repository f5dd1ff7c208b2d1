"""The log stays small, keeps its last lines, and takes no line break or text of an error from outside."""

from klantwaarde_xl.cli import logbook
from klantwaarde_xl.cli.logbook import Logbook, kind_of_error
from klantwaarde_xl.errors import FunctionError, RowsRefused, WorkbookInUse


def test_the_log_is_bounded_and_one_older_part_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(logbook, "MOST", 1000)
    log = Logbook(tmp_path / "log")
    for number in range(100):
        log.note(f"{number}.xlsx", "ververst", 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log", "log.1"]
    assert all(path.stat().st_size <= 1000 for path in tmp_path.iterdir())
    lines = [*(tmp_path / "log.1").read_text().splitlines(), *(tmp_path / "log").read_text().splitlines()]
    assert [line.split(" | ")[1] for line in lines][-3:] == ["97.xlsx", "98.xlsx", "99.xlsx"]


def test_a_name_with_a_line_break_stays_one_line(tmp_path):
    Logbook(tmp_path / "log").note("a\nb | c.xlsx", "ververst", 0)
    assert len((tmp_path / "log").read_text().splitlines()) == 1


def test_an_error_is_told_by_its_kind_only():
    assert kind_of_error(RowsRefused("Klant Jansen: …", where="Jansen.csv")) == (
        "geweigerd: rijen van de gegevens zijn niet te lezen"
    )
    assert "open" in kind_of_error(WorkbookInUse("x"))
    assert kind_of_error(FunctionError("Jansen")) == "geweigerd: er ging iets mis"
