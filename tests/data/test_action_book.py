"""The draw of an action and what it is measured by: who is in which group, whatever a later refresh brings."""

import datetime as dt
import hashlib
from itertools import cycle

import numpy as np
import pytest

from klantwaarde_xl.data.action_book import ACTION, CONTROL, Campaign, group_of
from klantwaarde_xl.data.analyse import analyse
from klantwaarde_xl.data.reading.files import table_from_cells, transactions_from_cells
from klantwaarde_xl.data.sample import sample_orders
from klantwaarde_xl.data.settings import Settings
from klantwaarde_xl.data.tables import tables
from klantwaarde_xl.kernels.uplift import uplift

START, SEGMENT = dt.date(2026, 9, 1), "Potentieel trouw"
END = dt.date(2026, 10, 30)  # of sixty days
EVE, MEANWHILE, AFTER = dt.date(2026, 8, 31), dt.date(2026, 10, 1), dt.date(2026, 11, 27)
ORDERS = [list(one) for one in sample_orders(900)]
CAMPAIGN = {"action_start": START, "segment": SEGMENT, "control_share": 0.25}
NAMES = ("actieboek", "actielijst", "actiemeting")


def until(day, rows=ORDERS):
    return [row for row in rows if row[1] <= day]


def refreshed(rows, today, earlier=(), addresses=None, **more):
    given = {"transacties": transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")}
    if addresses is not None:
        con, table = given["transacties"].con, tables()["adressen"]
        given["adressen"] = table_from_cells(
            table, table.headers, addresses, source="x", today=today, con=con
        )
    settings = Settings(**{**CAMPAIGN, **more})
    return analyse(given, settings, NAMES, today=today, earlier={"actieboek": earlier})


def groups(analysis):
    return {row[2]: row[3] for row in analysis["actieboek"].rows}


@pytest.fixture(scope="module")
def drawn():
    return refreshed(until(EVE), EVE)


@pytest.fixture(scope="module")
def measured(drawn):
    return refreshed(ORDERS, AFTER, drawn["actieboek"].rows, margin=0.4, action_cost=0.5)


# ── the draw ────────────────────────────────────────────────────────────────────────────────


def test_the_draw_is_a_digest_of_the_action_and_the_customer():
    key = b"2026-09-01\0Slapend\0K10032"
    place = int(hashlib.sha256(key).hexdigest()[:16], 16) / 2**64
    campaign = Campaign(START, "Slapend")
    assert group_of(campaign, "K10032", np.nextafter(place, 0)) == ACTION
    assert group_of(campaign, "K10032", np.nextafter(place, 1)) == CONTROL


def test_about_as_many_are_drawn_as_asked_and_another_action_draws_others():
    names = [f"K{number}" for number in range(4000)]
    first, second = (
        {n for n in names if group_of(Campaign(day, SEGMENT), n, 0.1) == CONTROL} for day in (START, EVE)
    )
    assert 320 < len(first) < 480
    assert 10 < len(first & second) < 80  # a tenth of a tenth
    assert first < {n for n in names if group_of(Campaign(START, SEGMENT), n, 0.2) == CONTROL}


def test_the_list_is_the_segment_without_its_control_group(drawn):
    rows = until(EVE)
    tx = transactions_from_cells(("klant", "datum", "bedrag"), rows, source="proef")
    members = {
        row[0] for row in analyse(tx, Settings(), ("rfm",), today=EVE)["rfm"].rows if row[8] == SEGMENT
    }
    found = groups(drawn)
    assert found.keys() == members
    assert {row[0] for row in drawn["actielijst"].rows} == {name for name in members if found[name] == ACTION}
    assert drawn.figures["actie_lijst"] + drawn.figures["actie_controle"] == len(members)


def test_new_customers_and_others_who_left_change_nobodys_group(drawn):
    newer = until(EVE) + [[f"N{at}", EVE, 30.0 + at] for at in range(200)]
    again = refreshed([row for row in newer if row[0] > "K10100"], EVE, drawn["actieboek"].rows)
    both = groups(drawn).keys() & groups(again).keys()
    assert (
        both != groups(drawn).keys() != groups(again).keys()
    )  # the list follows the segment until it begins
    assert {name: groups(again)[name] for name in both} == {name: groups(drawn)[name] for name in both}


@pytest.mark.parametrize("today", [START, MEANWHILE, AFTER])
def test_from_the_first_day_on_the_list_stays_as_it_was(drawn, today):
    later = refreshed(until(today), today, drawn["actieboek"].rows, control_share=0.5)
    assert groups(later) == groups(drawn)
    assert {row[0] for row in later["actielijst"].rows} == {row[0] for row in drawn["actielijst"].rows}


def test_the_days_may_change_while_it_runs_and_no_more_when_its_outcome_is_there(drawn):
    running = refreshed(until(MEANWHILE), MEANWHILE, drawn["actieboek"].rows, action_days=90)
    assert running.figures["actie_tot"] == dt.date(2026, 11, 29)
    over = refreshed(ORDERS, AFTER, drawn["actieboek"].rows, action_days=90)
    assert over.figures["actie_tot"] == END
    assert over.figures["meting_opbrengst"] is not None


def test_a_row_that_was_deleted_stays_away_and_one_of_another_kind_goes_on(drawn):
    own = ("let op", None, None, None, None, None, None, None, None)
    rows = [*drawn["actieboek"].rows[3:], own]
    later = refreshed(until(MEANWHILE), MEANWHILE, rows)
    assert groups(later).keys() - {None} == {row[2] for row in rows} - {None}
    assert later["actieboek"].rows[-1] == own


@pytest.mark.slow
def test_on_its_first_day_an_action_may_still_be_drawn_and_later_not():
    assert refreshed(until(EVE), START).figures["actie_lijst"] > 0
    late = refreshed(until(MEANWHILE), START + dt.timedelta(days=1))
    assert late["actieboek"].rows == late["actielijst"].rows == []
    assert "zonder dat er was geloot" in late.figures["actie_bericht"]


def test_the_list_of_an_action_that_is_over_says_so(drawn, measured):
    assert drawn.figures["actie_bericht"] is None
    assert measured.figures["actie_bericht"].startswith("Deze actie liep tot en met 30-10-2026.")


def test_a_second_action_leaves_the_first_as_it_is(drawn):
    later = refreshed(
        until(MEANWHILE), MEANWHILE, drawn["actieboek"].rows,
        action_start=MEANWHILE + dt.timedelta(days=4), segment="Slapend", action_cost=2.0,
    )  # fmt: skip
    first = [row for row in later["actieboek"].rows if row[0] == START]
    assert [row[:6] for row in first] == [row[:6] for row in drawn["actieboek"].rows]
    assert {row[2] for row in later["actielijst"].rows} == {"Slapend"}
    assert [row[2] for row in later["actiemeting"].rows] == ["Slapend", SEGMENT]


def test_an_action_that_is_put_off_leaves_rows_and_a_word_about_them(drawn):
    later = refreshed(until(EVE), EVE, drawn["actieboek"].rows, action_start=MEANWHILE)
    assert {row[0] for row in later["actieboek"].rows} == {START, MEANWHILE}
    said = (
        "Op Actieboek staat voor Potentieel trouw ook een actie vanaf 1-9-2026: gaat die niet door, verwijder"
    )
    assert said in later.figures["actie_let_op"]
    assert said not in drawn.figures["actie_let_op"]
    other = refreshed(until(EVE), EVE, drawn["actieboek"].rows, segment="Slapend")
    assert "ook een actie" not in other.figures["actie_let_op"]


def test_without_a_first_day_nothing_is_drawn():
    found = refreshed(until(EVE), EVE, action_start=None)
    assert found["actieboek"].rows == []
    assert "eerste dag van de actie" in found.figures["actie_bericht"]


# ── consent and addresses ───────────────────────────────────────────────────────────────────


def test_who_did_not_consent_is_in_neither_group_and_is_counted(drawn):
    names = sorted(groups(drawn))
    said = [
        [name, f"{name}@mail.nl", word] for name, word in zip(names, cycle(["Ja", "nee", "", "misschien"]))
    ]
    found = refreshed(until(EVE), EVE, addresses=said[:-1])
    yes = {name for name, _, word in said[:-1] if word == "Ja"}
    assert groups(found).keys() == yes
    assert found.figures["actie_zonder"] == len(names) - len(yes)
    assert all(row[1] == f"{row[0]}@mail.nl".lower() for row in found["actielijst"].rows)
    assert found.figures["actie_let_op"] == (
        "Toestemming geldt alleen bij een ja; niet als ja gelezen: 'misschien'."
    )


def test_who_withdraws_his_consent_goes_from_the_list_and_is_still_measured(drawn):
    names = sorted(groups(drawn))
    said = [[name, None, "nee" if name == drawn["actielijst"].rows[0][0] else "ja"] for name in names]
    found = refreshed(until(MEANWHILE), MEANWHILE, drawn["actieboek"].rows, addresses=said)
    assert len(found["actielijst"].rows) == len(drawn["actielijst"].rows) - 1
    assert groups(found) == groups(drawn)
    assert found.figures["actie_zonder"] == 1


def test_one_no_is_a_no_and_the_first_address_counts(drawn):
    one, two = sorted(name for name, group in groups(drawn).items() if group == ACTION)[:2]
    said = [[one, "a@x.nl", "ja"], [one, "b@x.nl", "ja"], [two, "c@x.nl", "ja"], [two, "d@x.nl", "nee"]]
    found = refreshed(until(EVE), EVE, addresses=said)
    assert [row[:2] for row in found["actielijst"].rows] == [(one, "a@x.nl")]


def test_without_a_column_of_consent_there_is_a_warning(drawn):
    assert "geen kolom toestemming" in drawn.figures["actie_let_op"]
    assert "geen e-mailadres bekend" in drawn.figures["actie_let_op"]


def test_a_customer_who_is_called_by_his_address_gets_his_mail_there():
    rows = [[f"{row[0]}@mail.nl", *row[1:]] for row in until(EVE)]
    assert all(row[0] == row[1] for row in refreshed(rows, EVE)["actielijst"].rows)


def test_numbers_that_no_address_has_are_said():
    found = refreshed(until(EVE), EVE, addresses=[["ander", "x@y.nl", "ja"]])
    assert "Geen enkele klant van de orders staat op Adressen" in found.figures["actie_let_op"]


# ── the measurement ─────────────────────────────────────────────────────────────────────────


def bought(name, rows=ORDERS):
    return sum(amount for customer, day, amount in rows if customer == name and START <= day <= END)


def test_what_it_brought_is_the_difference_of_the_groups_as_drawn(drawn, measured):
    spent = {
        group: [0.4 * bought(n) for n, g in groups(drawn).items() if g == group]
        for group in (ACTION, CONTROL)
    }
    one = uplift(np.array(spent[ACTION]), np.array(spent[CONTROL]))
    (row,) = measured["actiemeting"].rows
    many = len(spent[ACTION])
    assert row[:5] == (START, END, SEGMENT, many, len(spent[CONTROL]))
    assert row[5:8] == pytest.approx((np.mean(spent[ACTION]), np.mean(spent[CONTROL]), one.difference))
    assert row[9:12] == pytest.approx((one.difference - 0.5, one.low - 0.5, one.high - 0.5))
    assert row[12:15] == pytest.approx([many * end for end in row[9:12]])
    figures = measured.figures
    assert figures["meting_opbrengst"] == pytest.approx(row[12])
    assert (figures["meting_maat"], figures["meting_oordeel"]) == ("marge", row[-1])


def test_each_row_says_what_the_customer_bought_and_until_when(drawn, measured):
    for row in measured["actieboek"].rows:
        assert (row[6], row[7]) == (pytest.approx(bought(row[2])), END)


def test_without_a_margin_revenue_is_counted_and_said(drawn):
    found = refreshed(ORDERS, AFTER, drawn["actieboek"].rows)
    assert found.figures["meting_maat"] == "omzet"
    assert found["actiemeting"].rows[0][5] == pytest.approx(
        np.mean([bought(n) for n, g in groups(drawn).items() if g == ACTION])
    )


@pytest.mark.parametrize(("extra", "verdict"), [(80.0, "bracht op"), (0.0, "nog niet aantoonbaar")])
def test_a_yield_that_chance_does_not_explain_is_called_one(drawn, extra, verdict):
    treated = [name for name, group in groups(drawn).items() if group == ACTION]
    rows = ORDERS + [[name, MEANWHILE, extra] for name in treated]
    found = refreshed(rows, AFTER, drawn["actieboek"].rows, margin=0.4)
    assert found["actiemeting"].rows[0][-1] == verdict


def test_costs_above_what_it_brought_are_a_loss(drawn):
    found = refreshed(ORDERS, AFTER, drawn["actieboek"].rows, margin=0.4, action_cost=50.0)
    assert found["actiemeting"].rows[0][-1] == "kostte meer"
    assert found.figures["meting_hoog"] < 0


def why(analysis):
    (row,) = analysis["actiemeting"].rows
    assert row[12:15] == (None, None, None)
    assert analysis.figures["meting_opbrengst"] is None
    assert analysis.figures["meting_bericht"] == row[-1]
    return row[-1]


def test_an_action_that_runs_is_not_measured(drawn):
    assert why(drawn) == "De actie begint op 1-9-2026."
    running = refreshed(until(MEANWHILE), MEANWHILE, drawn["actieboek"].rows)
    assert why(running) == "De actie loopt tot en met 30-10-2026; ververs daarna."


def test_orders_that_end_before_the_action_did_are_asked_for_and_the_day_will_do(drawn):
    rows = until(dt.date(2026, 10, 20))
    said = why(refreshed(rows, AFTER, drawn["actieboek"].rows))
    assert "uw orders tot en met 20-10-2026: ververs met nieuwere" in said
    assert "vul dan 30-10-2026 in als peildatum" in said
    done = refreshed(rows, AFTER, drawn["actieboek"].rows, as_of=END)
    assert done.figures["meting_opbrengst"] is not None


def test_data_that_begin_later_keep_what_was_counted_and_else_cannot_tell(drawn, measured):
    later = [row for row in ORDERS if row[1] >= dt.date(2026, 9, 10)]
    known = {row[0] for row in later}
    there = [row for row in drawn["actieboek"].rows if row[2] in known]
    assert "neem een export die verder teruggaat" in why(refreshed(later, AFTER, there))
    kept = refreshed(later, AFTER, measured["actieboek"].rows, margin=0.4, action_cost=0.5)
    assert kept["actiemeting"].rows == measured["actiemeting"].rows


def test_customers_under_other_names_are_not_taken_for_customers_who_bought_nothing(drawn):
    renamed = [[f"X{row[0]}", *row[1:]] for row in ORDERS]
    assert "dezelfde klantnummers" in why(refreshed(renamed, AFTER, drawn["actieboek"].rows))


@pytest.mark.slow
def test_too_few_to_compare_are_refused_in_words(drawn):
    rows = drawn["actieboek"].rows
    few = [row for row in rows if row[3] == ACTION] + [row for row in rows if row[3] == CONTROL][:9]
    assert why(refreshed(ORDERS, AFTER, few)).startswith(
        "De controlegroep is te klein om te vergelijken: 9 klanten"
    )
    none = [row for row in rows if row[3] == ACTION]
    assert why(refreshed(ORDERS, AFTER, none)).startswith("Er was geen controlegroep")
    buyers = [name for name in groups(drawn) if bought(name)]
    quiet = [row for row in ORDERS if row[0] not in buyers[9:] or row[1] < START]
    assert (
        why(refreshed(quiet, AFTER, rows)) == "Te weinig om te vergelijken: 9 klanten kochten, minstens 10."
    )
