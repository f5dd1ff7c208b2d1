"""What a customer is worth: the closed formulas. Amounts in one currency, rates per period."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, annuity, elementwise, flag, outside

NUM, DIV0 = CellError.NUM, CellError.DIV0


class Timing(IntEnum):
    """When the first margin of a CLV arrives."""

    LATER = 0
    NOW = 1


@elementwise
def customer_value(
    spend: Element,
    periods: Element = 1.0,
    costs: Element = 0.0,
    retention: Element = 1.0,
    interest: Element = 0.0,
    inflation: Element = 0.0,
) -> Floats:
    """Spend × Σ qᵗ − costs, with q = retention / ((1 + interest)(1 + inflation)), t from 0.

    With the defaults this is spend × periods − costs (articles 001 and 002: D1, D2).
    spend: currency per period; periods: count ≥ 0, may be broken; costs: currency ≥ 0 over the
    whole time; retention: fraction 0…1 per period; interest, inflation: fraction > −1 per period.
    #NUM! outside those ranges.
    """
    ratio = retention / ((1 + interest) * (1 + inflation))
    value = spend * annuity(periods, ratio) - costs
    wrong = (periods < 0) | (costs < 0) | (interest <= -1) | (inflation <= -1)
    return flag(value, (NUM, wrong | outside(retention, 0, 1)))


@elementwise
def kldw(
    revenue: Element,
    lifetime: Element,
    margin: Element,
    interest: Element = 0.0,
    inflation: Element = 0.0,
) -> Floats:
    """Klant-levensduurwaarde: revenue per period × lifetime × margin (article 001: D4).

    revenue: currency per customer per period; lifetime: periods ≥ 0; margin: fraction ≤ 1
    (negative is a loss); interest, inflation: fraction > −1 per period, 0 leaves the article's
    formula. #NUM! outside those ranges.
    """
    ratio = 1 / ((1 + interest) * (1 + inflation))
    value = revenue * margin * annuity(lifetime, ratio)
    return flag(value, (NUM, (lifetime < 0) | (margin > 1) | (interest <= -1) | (inflation <= -1)))


@elementwise
def clv(
    margin: Element,
    retention: Element,
    interest: Element,
    growth: Element = 0.0,
    timing: Element = Timing.LATER,
) -> Floats:
    """Infinite-horizon CLV at constant retention: m·r / (1 + i − r(1 + g)).

    margin: currency per period; retention: fraction 0…1; interest: fraction > −1; growth of the
    margin: fraction > −1, all per period; timing: `Timing.LATER` when the first margin comes
    after one period (Gupta & Lehmann 2003), `Timing.NOW` when it comes today:
    m(1 + i) / (1 + i − r(1 + g)). #NUM! outside those ranges and where the sum diverges
    (1 + i − r(1 + g) ≤ 0).
    """
    denominator = 1 + interest - retention * (1 + growth)
    first = np.where(timing == Timing.NOW, 1 + interest, retention)
    wrong = (interest <= -1) | (growth <= -1) | (denominator <= 0) | outside(retention, 0, 1)
    return flag(margin * first / denominator, (NUM, wrong))


@elementwise
def historical_clv(
    order_value: Element,
    frequency: Element,
    lifetime: Element,
    margin: Element = 1.0,
    costs: Element = 0.0,
) -> Floats:
    """Order value × purchases per period × lifetime × margin − costs (article 003: D5).

    order_value: currency per purchase; frequency: purchases per period ≥ 0; lifetime: periods
    ≥ 0; margin: fraction ≤ 1; costs: currency ≥ 0, once. #NUM! outside those ranges.
    """
    value = order_value * frequency * lifetime * margin - costs
    return flag(value, (NUM, (frequency < 0) | (lifetime < 0) | (margin > 1) | (costs < 0)))


@elementwise
def average_order_value(revenue: Element, orders: Element) -> Floats:
    """AOV: revenue / orders (article 001: D8).

    revenue: currency, negative when refunds exceed sales; orders: count ≥ 0.
    No orders is #DIV/0!, a negative number of orders #NUM!.
    """
    return flag(revenue / orders, (DIV0, orders == 0), (NUM, orders < 0))


@elementwise
def purchase_frequency(orders: Element, customers: Element) -> Floats:
    """Orders per customer over the period that the counts cover (articles 001, 003: D15, D23).

    orders, customers: counts ≥ 0. No customers is #DIV/0!, a negative count #NUM!.
    """
    return flag(orders / customers, (NUM, (orders < 0) | (customers < 0)), (DIV0, customers == 0))


class Basis(IntEnum):
    """What a CLV is compared with CAC: as it is, or after CAC has been taken off."""

    GROSS = 0
    NET = 1


@elementwise
def margin(revenue: Element, costs: Element) -> Floats:
    """Margin as a share of revenue: (revenue − costs) / revenue (article 001: D4).

    revenue, costs: currency ≥ 0 over the same period. Returns a fraction ≤ 1, negative at a loss.
    No revenue is #DIV/0!, a negative amount #NUM!.
    """
    return flag((revenue - costs) / revenue, (NUM, (revenue < 0) | (costs < 0)), (DIV0, revenue == 0))


@elementwise
def margin_multiple(
    retention: Element,
    interest: Element,
    growth: Element = 0.0,
    timing: Element = Timing.LATER.value,
) -> Floats:
    """How many times the yearly margin a customer is worth: r / (1 + i − r(1 + g)).

    Arguments and errors are those of `clv`, of which this is the value for a margin of one.
    Gupta & Lehmann 2003, Customers as assets, table 1.
    """
    return np.asarray(clv(1.0, retention, interest, growth, timing))


@elementwise
def net_clv(lifetime_value: Element, acquisition_cost: Element) -> Floats:
    """CLV after the cost of acquiring the customer: CLV − CAC (articles 000, 001: D10, D14).

    lifetime_value: currency, may be negative; acquisition_cost: currency ≥ 0, else #NUM!.
    """
    return flag(lifetime_value - acquisition_cost, (NUM, acquisition_cost < 0))


@elementwise
def clv_cac_ratio(
    lifetime_value: Element, acquisition_cost: Element, basis: Element = Basis.GROSS.value
) -> Floats:
    """CLV : CAC, the return on acquiring one customer (article 000: D10).

    lifetime_value: currency, may be negative, on margin and before CAC; acquisition_cost:
    currency ≥ 0; basis: `Basis.GROSS` for CLV / CAC, `Basis.NET` for (CLV − CAC) / CAC, which is
    exactly one lower. No acquisition cost is #DIV/0!, a negative one #NUM!.
    """
    ratio = lifetime_value / acquisition_cost - (basis == Basis.NET)
    return flag(ratio, (NUM, acquisition_cost < 0), (DIV0, acquisition_cost == 0))


@elementwise
def highest_cac(lifetime_value: Element, ratio: Element = 3.0, basis: Element = Basis.GROSS.value) -> Floats:
    """The highest CAC at which CLV : CAC still reaches a ratio; inverse of `clv_cac_ratio`.

    lifetime_value: currency, on margin and before CAC; ratio: target ≥ 0, 3 is the rule of thumb;
    basis: as in `clv_cac_ratio`. A ratio of zero is #DIV/0! when gross, a negative one #NUM!; a
    negative CLV, for which no cost is low enough, is #N/A.
    """
    shares = ratio + (basis == Basis.NET)
    return flag(
        lifetime_value / shares, (NUM, ratio < 0), (DIV0, shares == 0), (CellError.NA, lifetime_value < 0)
    )
