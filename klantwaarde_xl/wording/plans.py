"""What is said beside the figures of a plan: why a value is missing, or what to be careful about."""

from __future__ import annotations

from klantwaarde_xl.dutch import format_date, format_number, serial_to_date
from klantwaarde_xl.errors import CellError, error_of
from klantwaarde_xl.kernels.models.contractlimits import NOBODY_LEAVES
from klantwaarde_xl.kernels.models.plans import ALL, Plan
from klantwaarde_xl.kernels.unseen import Unseen
from klantwaarde_xl.wording.limits import of_contracts

ENDLESS = "Zonder rente is de waarde oneindig: geef rente of een horizon."
ALL_END = "Elk lopend contract heeft al een einddatum: er is geen restwaarde."
EARLY = (
    "In de perioden die voorbij zijn {so_far}, maar {ended} in een periode die nog loopt: "
    "hoe lang contracten blijven en wat zij waard zijn, is nog niet te ramen."
)
PART_MISSING = "De restwaarde van een plan ontbreekt, dus ook die van alle."


def note(plan: Plan) -> str:
    """Say in Dutch what to know of a plan's figures; nothing when nothing is."""
    said = []
    if not plan.fit.converged:
        said.append(plan.fit.message)
    elif CellError.NUM in {error_of(plan.value), error_of(plan.residual)}:
        said.append(ENDLESS)
    elif plan.early:
        said.append(early(plan))
    elif plan.off:
        said.append(off(plan.off))
    elif limit := of_contracts(plan.fit):
        said.append(f"{limit[0].upper()}{limit[1:]}.")
    if plan.running and plan.running == plan.ending:
        said.append(ALL_END)
    elif (
        plan.code == ALL and plan.fit.converged and not plan.early and error_of(plan.residual) is CellError.NA
    ):
        said.append(PART_MISSING)
    return " ".join(filter(None, (*said, missing(plan.unseen))))


def early(plan: Plan) -> str:
    """Say that contracts ended in a running period, where none did in those that are over."""
    nobody = plan.fit.model == NOBODY_LEAVES.title
    so_far = "vertrok niemand" if nobody else "vertrok alleen in de eerste iemand"
    ended = "eindigde 1 contract" if plan.early == 1 else f"eindigden {plan.early} contracten"
    return EARLY.format(so_far=so_far, ended=ended)


def off(period: int) -> str:
    """Say that the model of staying does not fit from some period on."""
    return (
        f"Het model past niet: na {period} perioden blijven er meer of minder over dan het zegt. Kies de "
        "periode waarna contracten verlengen, of het model BdW."
    )


def missing(unseen: Unseen) -> str:
    """Say that contracts which ended early seem to be left out; nothing when they do not."""
    if not unseen.before:
        return ""
    day = format_date(serial_to_date(float(unseen.before)))
    return (
        f"Voor {day} eindigt geen enkel contract, terwijl er naar het vertrek daarna zo'n "
        f"{format_number(unseen.expected, 0)} waren geëindigd. Ontbreken die, dan is de overleving te hoog: "
        f"neem ze mee, of laat contracten weg die voor {day} begonnen."
    )
