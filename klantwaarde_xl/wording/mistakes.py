"""The common mistakes of a customer value, as a marketer reads them: the mistake, the outcome, what to do."""

from __future__ import annotations

from klantwaarde_xl.kernels.mistakes import Mistake

FINE, WARNS, OPEN = OUTCOMES = ("in orde", "let op", "niet beoordeeld")  # by `Outcome`
# The check that finds it, and what to do
_SAID = {
    Mistake.MARGIN_IS_REVENUE: (
        "CLV op marge, niet op omzet",
        "De marge is niet kleiner dan de omzet. Reken de klantwaarde met de marge: omzet min kosten.",
    ),
    Mistake.RETENTION_NO_SHARE: (
        "Retentie tussen 0% en 100%",
        "Retentie is een deel van 0 tot 1: 80% is 0,8. Boven 100% zijn nieuwe klanten meegeteld.",
    ),
    Mistake.NOBODY_LEAVES: (
        "Klanten verlopen",
        "Met 100% retentie gaat nooit een klant weg. Meet het verloop en neem het mee.",
    ),
    Mistake.NO_CHURN: (
        "Verloop is ingevuld",
        "Het verloop is nul of geen deel van 0 tot 1. Verloop negeren maakt de klantwaarde te hoog.",
    ),
    Mistake.RETENTION_AND_CHURN: (
        "Retentie en verloop kloppen samen",
        "Retentie en verloop horen samen 1 te zijn. Gebruik van beide dezelfde periode en klanten.",
    ),
    Mistake.PERIOD_OF_RETENTION: (
        "Retentie hoort bij de periode",
        (
            "De retentie past niet bij de periode: per jaar = per maand tot de macht 12, nooit keer of "
            "gedeeld door 12."
        ),
    ),
    Mistake.PERIOD_OF_INTEREST: (
        "Rente hoort bij de periode",
        "De rente past niet bij de periode: maandrente = (1 + jaarrente)^(1/12) - 1.",
    ),
    Mistake.NO_INTEREST: (
        "Rente is meegerekend",
        "Zonder rente telt geld van later even zwaar als geld van nu. Vul een rente boven nul in.",
    ),
    Mistake.GROWTH_ABOVE_INTEREST: (
        "Groei blijft onder de rente",
        "De groei is minstens de rente: toekomstige inkomsten worden overschat. Neem een lagere groei.",
    ),
    Mistake.NO_COSTS: (
        "Kosten zijn meegerekend",
        (
            "De kosten zijn nul of negatief. Tel kosten van werving, behoud en transacties als positief "
            "bedrag mee."
        ),
    ),
    Mistake.VALUE_BELOW_COST_OF_WINNING: (
        "CLV is minstens 3 keer CAC",
        (
            "De klantwaarde is minder dan 3 keer de wervingskosten (of die zijn nul). Werf goedkoper of "
            "behoud langer."
        ),
    ),
    Mistake.HORIZON_BEYOND_DATA: (
        "Horizon past bij de gegevens",
        "U kijkt verder vooruit dan uw gegevens terugkijken. Neem een kortere horizon of meer gegevens.",
    ),
    Mistake.STALE_DATA: (
        "Gegevens zijn actueel",
        "De laatste gegevens zijn ouder dan een kwartaal of van na de peildatum. Ververs de gegevens.",
    ),
}
NAMES = tuple(_SAID[one][0] for one in Mistake)
ADVICE = ("Geen actie nodig.", "Vul de gegevens hiervoor in.", *(_SAID[one][1] for one in Mistake))


def advice_on(mistake: Mistake) -> str:
    """Say what to do when a mistake is made."""
    return _SAID[mistake][1]
