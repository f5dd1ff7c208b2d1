"""What the codes of a result are called in Dutch, in the order of their enumeration."""

from __future__ import annotations

RISKS = ("hoog risico op vertrek", "verhoogd risico", "laag risico")  # by perceived.Risk
VERDICTS = ("onder verwachting", "volgens verwachting", "boven verwachting")  # by perceived.Verdict
POSITIONS = ("slechtere waarde", "goedkoop", "gemiddeld", "premium", "betere waarde")  # by perceived.Position
GROUPS = ("promotors (9-10)", "passieven (7-8)", "criticasters (0-6)")  # by nps.Group
DIFFERENCES = ("geen aantoonbaar verschil", "gestegen", "gedaald")  # by nps.Difference
WORTH = ("geen aantoonbaar verschil", "promotors meer waard", "promotors minder waard")  # by nps.Difference
EVIDENCE = ("geen aantoonbare samenhang", "aantoonbare samenhang")  # by drivers.Evidence
LIGHTS = ("rood", "oranje", "groen")  # by effects.Light
BRIDGE_STEPS = ("begin", "uitbreiding", "krimp", "verlies", "nieuw", "eind")  # by retention.BridgeStep
