"""The forecast tables: those of the kernels, in order, with an action; and words where there is none."""

import datetime as dt

import numpy as np
import pytest

from klantwaarde_xl.data import forecast_basis, forecasts
from klantwaarde_xl.data.analyse import STANDARD, Settings, analyse
from klantwaarde_xl.data.customer_codes import in_parts, log_of, logs_of
from klantwaarde_xl.data.forecast_basis import basis_of
from klantwaarde_xl.data.reading.files import read_transactions, transactions_from_cells
from klantwaarde_xl.data.results import results
from klantwaarde_xl.data.sample import sample_csv, sample_orders
from klantwaarde_xl.errors import NotAvailable, UsageError
from klantwaarde_xl.kernels.models import gammagamma
from klantwaarde_xl.kernels.models.buying import face
from klantwaarde_xl.kernels.models.estimate import cache
from klantwaarde_xl.kernels.models.log import prepare
from klantwaarde_xl.reports.customers import forecast

HEADERS = ("klant", "datum", "bedrag")
ALL = (*forecasts.TABLES, "prognosetotaal", "prognosemarges")
TINY = {
    "nobody bought twice": [[name, dt.date(2024, month, 5), 10.0] for month, name in enumerate("ABC", 1)],
    "two who came back": [[name, dt.date(2024, month, 5), 10.0] for name in "AB" for month in (1, 3)],
    "all on one day": [[name, dt.date(2024, 1, 5), 10.0] for name in "ABC"],
    "one row": [["A", dt.date(2024, 1, 5), 10.0]],
}


def from_rows(rows):
    return transactions_from_cells(HEADERS, rows, source="proef")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    path = tmp_path_factory.mktemp("winkel") / "webshop.csv"
    path.write_text(sample_csv(sample_orders(1000)), encoding="utf-8")
    return read_transactions(path)


@pytest.fixture(scope="module")
def made(shop):
    return analyse(shop, Settings(margin=0.35, interest=0.08, model="mbg/nbd"), ALL)


@pytest.mark.slow
@pytest.mark.parametrize("model", ["bg/nbd", "mbg/nbd", "pareto/nbd"])
def test_customers_are_those_of_the_kernel(shop, model):
    got = analyse(shop, Settings(margin=0.35, interest=0.08, horizon=26, model=model), ["prognose"])
    rows = shop.rows()
    names = sorted({row[0] for row in rows})
    wanted = forecast(
        np.array([names.index(row[0]) for row in rows]),
        np.array([row[1].toordinal() for row in rows], dtype=float),
        np.array([row[2] for row in rows]),
        horizon=26,
        margin=0.35,
        interest=0.08,
        model=["bg/nbd", "mbg/nbd", "pareto/nbd"].index(model),
    )
    by_name = dict(zip(got["prognose"].column("klant"), got["prognose"].rows, strict=True))
    assert list(by_name) == [names[wanted.customer[i]] for i in np.argsort(-wanted.value, kind="stable")]
    for at, code in enumerate(wanted.customer):
        row = by_name[names[code]]
        figures = (wanted.alive, wanted.buys, wanted.purchases, wanted.spend, wanted.value)
        assert row[3:6] == (wanted.frequency[at], wanted.recency[at], wanted.T[at])
        assert row[6:11] == pytest.approx([figure[at] for figure in figures], rel=1e-12)


def test_the_most_valuable_customers_come_first_and_are_the_top(made):
    values = made["prognose"].column("klantwaarde")
    assert values == sorted(values, reverse=True)
    assert made["prognosetop"].column("klant") == made["prognose"].column("klant")[:10]


def test_the_customers_add_up_to_the_totals(made):
    rows, figures = made["prognose"], made.figures
    assert sum(rows.column("klantwaarde")) == pytest.approx(figures["waarde"])
    assert sum(rows.column("verwachte aankopen")) == pytest.approx(figures["aankopen"])
    assert sum(rows.column("kans nog klant")) == pytest.approx(figures["actief"])
    assert len(rows.rows) == figures["klanten"] > 900
    assert figures["waarde_laag"] < figures["waarde"] < figures["waarde_hoog"]


def test_an_action_follows_from_chance_and_value(made):
    rows = made["prognose"]
    mean = np.mean(rows.column("klantwaarde"))
    columns = (rows.column(name) for name in ("kans nog klant", "klantwaarde", "actie"))
    for alive, value, action in zip(*columns, strict=True):
        wanted = (
            ("Koesteren" if value > mean else "Activeren")
            if alive >= 0.5
            else ("Terugwinnen" if value > mean else "Laten rusten")
        )
        assert action == wanted
    assert set(rows.column("actie")) == set(forecasts.ACTIONS.values())


def test_without_a_margin_the_value_is_revenue(shop, made):
    revenue = analyse(shop, Settings(interest=0.08, model="mbg/nbd"), ["prognosetotaal"]).figures
    assert revenue["waarde"] * 0.35 == pytest.approx(made.figures["waarde"])


def test_interest_lowers_the_value_and_not_the_purchases(shop, made):
    free = analyse(shop, Settings(margin=0.35, model="mbg/nbd"), ["prognosetotaal"]).figures
    assert free["waarde"] > made.figures["waarde"]
    assert free["aankopen"] == pytest.approx(made.figures["aankopen"])


def test_progress_counts_all_repeat_purchases_and_changes_line_at_the_cut(made):
    rows, cut = made["verloop"], made.figures["schatting_tot"]
    assert rows.rows[-1][4] == pytest.approx(sum(rows.column("werkelijk")))
    control = [part == "controle" for part in rows.column("deel")]
    assert control == [day > cut for day in rows.column("tot en met")]
    first = control.index(True)
    assert all(value is None for value in rows.column("verwacht bij schatten")[first:])
    assert rows.column("verwacht bij controle")[first - 1] == rows.column("verwacht bij schatten")[first - 1]
    assert rows.column("verwacht bij controle")[first - 2] is None


@pytest.mark.slow
def test_where_half_of_the_time_is_too_little_the_line_is_of_all_data_and_says_so(shop, made):
    cut, first = made.figures["schatting_tot"], {}
    rows = [row for row in shop.rows() if first.setdefault(row[0], row[1]) == row[1] or row[1] > cut]
    got = analyse(from_rows(rows), Settings(model="mbg/nbd"), ALL)
    assert got.figures["bericht"] is None
    assert got.figures["verloop_bericht"].startswith("Niet te toetsen")
    assert "tweede keer" in got.figures["verloop_bericht"]
    assert got.figures["erna_verwacht"] is None
    assert set(got["verloop"].column("deel")) == {"schatting"}
    assert set(got["verloop"].column("verwacht bij controle")) == {None}
    assert None not in got["verloop"].column("verwacht bij schatten")


def test_the_model_in_use_is_marked_and_held_out(made):
    choices = made["modelkeuze"]
    assert [row[0] for row in choices.rows if row[1] == "ja"] == ["MBG/NBD"]
    assert sum(value or 0 for value in choices.column("gewicht")) == pytest.approx(1)
    used = choices.rows[choices.column("gebruikt").index("ja")]
    assert made.figures["erna_verwacht"] / made.figures["erna_werkelijk"] - 1 == pytest.approx(used[9])


def test_counts_are_all_customers(made):
    counts = made["modeltoets"]
    assert sum(counts.column("klanten")) == pytest.approx(made.figures["klanten"])
    assert sum(counts.column("verwacht")) == pytest.approx(made.figures["klanten"])


@pytest.mark.slow
def test_orders_after_the_chosen_day_do_not_count(shop):
    early = dt.date(2025, 10, 31)
    got = analyse(shop, Settings(as_of=early), ["prognose", "modelcontrole"])
    assert max(got["prognose"].column("laatste aankoop")) <= early
    assert dict(row[:2] for row in got["modelcontrole"].rows)["rijen erna"] > 0


def test_without_a_named_model_one_is_chosen_and_the_reason_said(shop):
    got = analyse(shop, Settings(margin=0.35), ["prognosetotaal", "modelkeuze"])
    assert got.figures["opmerking"].startswith("gekozen: ")
    used = [row[0] for row in got["modelkeuze"].rows if row[1] == "ja"]
    assert len(used) == 1
    assert used[0] in got.figures["opmerking"]
    named = analyse(shop, Settings(margin=0.35, model=used[0].lower()), ["prognosetotaal"])
    assert got.figures["waarde"] == named.figures["waarde"]


@pytest.mark.parametrize("rows", TINY.values(), ids=TINY)
@pytest.mark.parametrize("model", ["bg/nbd", "mbg/nbd", "pareto/nbd"])
def test_what_cannot_be_fitted_has_words_and_no_figures(rows, model):
    names = [name for name, one in results().items() if set(one.needs) <= {"transacties"}]
    got = analyse(from_rows(rows), Settings(model=model), names)
    assert got.figures["bericht"].endswith(".")
    assert got.figures["verloop_bericht"]
    assert got.figures["waarde"] is None
    assert len(got["prognose"].rows) == len({row[0] for row in rows})
    assert {value for row in got["prognose"].rows for value in row[6:]} == {None}
    assert got["prognosetop"].rows == got["verloop"].rows == got["modeltoets"].rows == []
    assert len(got["modelkeuze"].rows) == 3
    for table in got.tables.values():
        assert all(len(row) == len(table.columns) for row in table.rows)


def regulars(amount, customers=40, seed=3):
    """A shop where nobody stops: customers at rates of their own over two years, amount(rng) each."""
    rng = np.random.default_rng(seed)
    rows = []
    for code in range(customers):
        day, rate = rng.uniform(0, 300), rng.gamma(4, 1 / 120)
        while day < 730:
            rows.append([f"k{code:02d}", dt.date(2023, 1, 1) + dt.timedelta(int(day)), amount(rng)])
            day += 1 + rng.exponential(1 / rate)
    return from_rows(rows)


@pytest.mark.slow
@pytest.mark.parametrize("model", ["bg/nbd", "mbg/nbd", "pareto/nbd"])
def test_where_nobody_stops_there_is_a_forecast_that_says_so(model):
    got = analyse(regulars(lambda rng: rng.gamma(4, 8)), Settings(model=model), ALL)
    assert got.figures["bericht"] is None
    assert got.figures["opmerking"].startswith("niemand stopt zichtbaar")
    assert set(got["prognose"].column("kans nog klant")) == {1.0}
    assert got.figures["actief"] == got.figures["klanten"]
    low, value, high = (got.figures[f"aankopen{end}"] for end in ("_laag", "", "_hoog"))
    assert low < value < high
    assert any("op de grens: niemand stopt zichtbaar" in note for note in got["model"].column("betekenis"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (lambda rng: round(rng.gamma(4, 8), 2), "verschillen niet zichtbaar in wat ze per aankoop besteden"),
        (lambda _: 12.5, "besteden evenveel per aankoop"),
        (lambda _: 0.0, "geen enkele aankoop kostte iets"),
    ],
    ids=["purchases vary and customers do not", "one amount", "all for free"],
)
def test_when_only_spending_has_no_model_chances_and_purchases_stand(amount, words):
    shop = regulars(amount)
    got = analyse(shop, Settings(), ALL)
    assert got.figures["bericht"] is None
    assert words in got.figures["opmerking"]
    assert None not in got["prognose"].column("verwachte aankopen")
    repeats = [row[2] for row in shop.rows()]
    assert got["prognose"].column("besteding per aankoop")[0] == pytest.approx(np.mean(repeats), rel=0.1)


def test_refunds_of_everything_leave_nothing_to_forecast():
    rows = [["A", dt.date(2024, 1, 5), 10.0], ["A", dt.date(2024, 2, 5), -10.0]]
    with pytest.raises(NotAvailable, match="retouren"):
        analyse(from_rows(rows), None, ["prognose"])


def test_only_what_is_asked_for_is_computed(shop, monkeypatch):
    def refuse(*_):
        raise AssertionError("not asked for")

    monkeypatch.setattr(forecasts, "table_of", refuse)
    monkeypatch.setattr(forecasts, "totals", refuse)
    assert set(analyse(shop).tables) == set(STANDARD)
    monkeypatch.setattr("klantwaarde_xl.data.results.context.Context.rows", refuse)
    assert set(analyse(shop, None, ["kwaliteit"]).tables) == {"kwaliteit"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"horizon": 0},
        {"horizon": 521},
        {"horizon": float("nan")},
        {"margin": 0},
        {"margin": 35},
        {"interest": -0.1},
        {"interest": 8},
        {"model": "regressie"},
    ],
)
def test_impossible_settings_are_refused_with_a_way_out(wrong):
    with pytest.raises(UsageError, match="Oplossing"):
        Settings(**wrong)


@pytest.mark.slow
def test_dates_in_words_are_the_dates_of_the_data(shop):
    day = dt.date(2025, 3, 31)
    got = analyse(shop, Settings(as_of=day), ["modelcontrole"])["modelcontrole"]
    (note,) = [note for label, _, note in got.rows if label == "peildatum"]
    assert note.startswith("31-03-2025")


@pytest.fixture
def work(monkeypatch):
    """What was fitted and netted, with an empty memory."""
    done = []

    def note(where, name, label):
        real = getattr(where, name)

        def counting(*columns):
            done.append(label)
            return real(*columns)

        monkeypatch.setattr(where, name, counting)

    for model in face.IN_TIME:
        note(face.module_of(model), "fit", model.title)
    note(gammagamma, "fit", gammagamma.MODEL)
    note(prepare, "purchases", "log")
    cache.remembered.forget()
    prepare._prepared.forget()
    return done


@pytest.mark.slow
def test_no_model_is_fitted_twice_on_the_same_rows_and_a_log_is_prepared_once(shop, work):
    analyse(shop, Settings(margin=0.35, as_of=dt.date(2026, 10, 31), model="mbg/nbd", season="geen"), ALL)
    # on all rows and on those of the first half; what customers spend on all rows only
    assert {name: work.count(name) for name in work} == {
        "log": 2,
        "BG/NBD": 2,
        "MBG/NBD": 2,
        "Pareto/NBD": 2,
        "Gamma-Gamma": 1,
    }


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (("prognosetotaal",), {"log": 1, "MBG/NBD": 1, "Gamma-Gamma": 1}),
        (("prognose", "prognosetop"), {"log": 1, "MBG/NBD": 1, "Gamma-Gamma": 1}),
        (("verloop",), {"log": 2, "MBG/NBD": 1}),
        (("modelkeuze",), {"log": 2, "BG/NBD": 2, "MBG/NBD": 2, "Pareto/NBD": 2}),
        ((), {}),
    ],
)
def test_nothing_is_fitted_that_nobody_asked_for(shop, work, asked, wanted):
    asked_for = Settings(margin=0.35, as_of=dt.date(2026, 10, 31), model="mbg/nbd", season="geen")
    analyse(shop, asked_for, asked)
    assert {name: work.count(name) for name in work} == wanted


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 7, 500, 10**6])
def test_a_log_that_is_fetched_in_parts_is_the_whole_one(shop, most):
    whole, parts = log_of(shop.con), list(logs_of(shop.con, most))
    assert all(parts[at].customers.max() < parts[at + 1].customers.min() for at in range(len(parts) - 1))
    assert len(parts) == 1 or most < len(whole.days)
    joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    for one, other in zip(joined, whole, strict=True):
        assert one.dtype == other.dtype
    orders = [np.lexsort(columns[::-1]) for columns in (joined, whole)]
    for one, other in zip(joined, whole, strict=True):
        assert np.array_equal(one[orders[0]], other[orders[1]])


@pytest.mark.slow
@pytest.mark.parametrize("names", [("b", "A", "é", "a b"), ("klant",)], ids=["any order", "one customer"])
def test_a_long_log_has_the_models_and_customers_of_a_short_one(monkeypatch, names):
    rows = [
        [name, dt.date(2024, 1 + month, 1 + 3 * at), (-4.0 if month == 3 else 12.5 + at)]
        for month in range(8)
        for at, name in enumerate(names)
        if month % (at + 1) == 0
    ]
    short = basis_of(from_rows(rows), Settings(), dt.date(2024, 12, 31))
    wanted, names = short.summary, short.names
    monkeypatch.setattr(forecast_basis, "AT_ONCE", 1)
    monkeypatch.setattr(forecast_basis, "in_parts", lambda con: in_parts(con, 2))
    monkeypatch.setattr(forecast_basis, "log_of", None)  # the whole log is not made
    long = basis_of(from_rows(rows), Settings(), dt.date(2024, 12, 31))
    assert long.names == names
    for one, other in zip(long.summary, wanted, strict=True):
        assert np.array_equal(one, other, equal_nan=isinstance(one, np.ndarray) and one.dtype.kind == "f")
    assert long.models[1] == short.models[1]
