"""Who stays and who leaves, from counts of customers in one period."""

from __future__ import annotations

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.kernels.arrays import Element, Floats, elementwise, flag

NUM, DIV0 = CellError.NUM, CellError.DIV0


@elementwise
def retention_rate(
    begin: Element,
    end: Element,
    new: Element = 0.0,
) -> Floats:
    """Share of the customers at the start who are still there: (end − new) / begin.

    begin, end, new: counts ≥ 0. With new = 0 this is article 000's end / begin (D11), which
    counts new customers as retained. No customers at the start is #DIV/0!; more customers left
    over than there were, or more new ones than there are at the end, is #NUM!.
    """
    wrong = (begin < 0) | (end < 0) | (new < 0) | (new > end)
    return flag((end - new) / begin, (NUM, wrong), (DIV0, begin == 0), (NUM, end - new > begin))


@elementwise
def churn_rate(begin: Element, lost: Element) -> Floats:
    """Share of the customers at the start who left during the period: lost / begin.

    begin, lost: counts ≥ 0. No customers at the start is #DIV/0!; more lost than there were,
    or a negative count, is #NUM!.
    """
    wrong = (begin < 0) | (lost < 0)
    return flag(lost / begin, (NUM, wrong), (DIV0, begin == 0), (NUM, lost > begin))
