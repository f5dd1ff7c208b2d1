"""What a warehouse adds to its rows is no day of a sale, and the key of a time no customer."""

import pytest

from klantwaarde_xl.data.reading.questions.stamps import is_key_of_time, is_stamp
from klantwaarde_xl.errors import ColumnsMissing, RowsRefused
from tests.data.exported import read, write

__all__ = ["write"]


@pytest.mark.parametrize(
    "header",
    ["_fivetran_synced", "_loaded_at", "_airbyte_emitted_at", "dbt_updated_at", "_sdc_batched_at", "LoadDate", "Laaddatum",
     "last_sync_time", "etl_run", "Bijgewerkt op", "row inserted at", "ingestion_timestamp", "Modified"],
)  # fmt: skip
def test_headers_of_when_a_row_was_loaded(header):
    assert is_stamp(header)


@pytest.mark.parametrize(
    "header", ["Order date", "created_at", "Besteldatum", "paid_at", "Payload", "Uploader", "Datum", "At"]
)
def test_headers_of_other_times(header):
    assert not is_stamp(header)


@pytest.mark.parametrize(
    "header", ["date_key", "time_id", "DateKey", "OrderDateKey", "sold_date_sk", "dim_date_id", "tijd_id"]
)
def test_headers_of_the_key_of_a_time(header):
    assert is_key_of_time(header)


@pytest.mark.parametrize("header", ["customer_key", "member_id", "Update id nr", "datecode9x", "key"])
def test_headers_of_other_keys(header):
    assert not is_key_of_time(header)


def rows_of(cells):
    return "\n".join(cells) + "\n"


@pytest.mark.parametrize("header", ["date_sk", "time_key", "datum_id"])
def test_the_key_of_a_time_is_not_proposed_as_the_customer(write, header):
    rows = [f"{2450 + at % 9},2025-06-{at % 11 + 1:02d},{at + 4}.25" for at in range(30)]
    with pytest.raises(ColumnsMissing) as asked:
        read(write(rows_of([f"{header},sold,amount", *rows])))
    assert f"klant={header}" not in asked.value.remedy


@pytest.mark.parametrize("header", ["_fivetran_synced", "_loaded_at"])
def test_when_a_row_was_loaded_is_proposed_after_a_day_with_blanks(write, header):
    rows = [
        f"K{at % 7},{'' if at % 9 == 4 else f'2025-06-{at % 28 + 1:02d}'},{at + 4}.25,2025-07-01 03:00:0{at % 9}"
        for at in range(30)
    ]
    with pytest.raises(ColumnsMissing) as asked:
        read(write(rows_of([f"customer_id,toen,total,{header}", *rows])))
    assert "datum=toen" in asked.value.remedy
    with pytest.raises(RowsRefused) as refused:
        read(write(rows_of([f"customer_id,order_date,total,{header}", *rows]))).quality.raise_if_refused()
    assert header not in refused.value.remedy


def test_the_only_day_that_says_when_a_row_was_loaded_is_not_taken_in_silence(write):
    with pytest.raises(ColumnsMissing):
        read(write("customer_id,load date,total\nA,2025-06-01,4.00\nB,2025-06-02,5.00\n"))
