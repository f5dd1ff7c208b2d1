"""A sheet that is protected in an open Excel: refused before the first write, unless the cells are free."""

import pytest

from tests.hosts.excel.test_refresh import write
from tests.hosts.excel.test_refresh_com import body, refreshed

ONE = write([["anna", 11]])


def test_a_table_on_a_protected_sheet_is_refused_and_nothing_is_written(classic):
    done = refreshed(classic, ONE, book={"sheet_protected": True})
    kind, said = done["error"]
    assert kind == "HostError"
    assert "is beveiligd" in said
    assert "Beveiliging blad opheffen" in said
    assert "blad Map1.xlsx" in said
    assert done["log"] == []
    assert len(body(done)) == 3


@pytest.mark.parametrize("unlocked", [[], ["B1"]], ids=["locked", "free"])
def test_a_cell_on_a_protected_sheet_is_written_when_it_is_free(classic, unlocked):
    done = refreshed(classic, book={"sheet_protected": True, "unlocked": unlocked}, kw_rente=0.25)
    assert (done["error"] is None) is bool(unlocked)
    assert (done["cells"]["kw_rente"] == 0.25) is bool(unlocked)
