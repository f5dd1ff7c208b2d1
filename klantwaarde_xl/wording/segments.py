"""The RFM segments as marketers call them, and what one does with each."""

from __future__ import annotations

from klantwaarde_xl.kernels.rfm import Segment

# The names are those of the field, in Dutch
_SAID = {
    Segment.CHAMPIONS: (
        "Kampioenen",
        "Beloon ze, vraag om aanbevelingen, laat ze nieuwe dingen als eerste zien.",
    ),
    Segment.LOYAL: (
        "Trouwe klanten",
        "Bied het duurdere of aanvullende aan; vraag om een beoordeling.",
    ),
    Segment.POTENTIALLY_LOYAL: (
        "Potentieel trouw",
        "Nodig uit voor een spaarprogramma; raad aan wat bij de aankoop past.",
    ),
    Segment.NEW: (
        "Nieuwe klanten",
        "Heet welkom, help op weg, verleid binnen een maand tot een tweede aankoop.",
    ),
    Segment.PROMISING: (
        "Veelbelovend",
        "Maak het merk bekend; geef iets kleins cadeau of laat gratis proberen.",
    ),
    Segment.NEEDS_ATTENTION: (
        "Aandacht nodig",
        "Doe een aanbod met einddatum op grond van eerdere aankopen.",
    ),
    Segment.ABOUT_TO_SLEEP: (
        "Dreigen in te slapen",
        "Stuur iets nuttigs en populaire artikelen met korting; wek ze.",
    ),
    Segment.AT_RISK: (
        "Risico op vertrek",
        "Schrijf persoonlijk; bied verlenging of een goede reden om terug te komen.",
    ),
    Segment.CANNOT_LOSE: (
        "Niet kwijtraken",
        "Bel ze. Vraag wat er mis is en los het op voor ze naar een ander gaan.",
    ),
    Segment.HIBERNATING: (
        "Slapend",
        "Toon andere artikelen en een scherpe prijs; bouw waarde opnieuw op.",
    ),
    Segment.LOST: (
        "Verloren",
        "Probeer één campagne om terug te winnen; steek er anders geen geld meer in.",
    ),
}
SEGMENT_NAMES, SEGMENT_ACTIONS = zip(*(_SAID[segment] for segment in Segment), strict=True)  # by `Segment`
