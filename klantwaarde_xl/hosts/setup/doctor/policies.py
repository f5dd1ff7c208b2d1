"""Checks of what an organisation, or the user, forbids Excel.

Read, never written: a policy is changed by who made it, and trust is the user's own to give.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PureWindowsPath

from klantwaarde_xl.hosts.setup import excel, openlist
from klantwaarde_xl.hosts.setup.doctor.finding import Finding, good, note, wrong
from klantwaarde_xl.hosts.setup.machine import Machine
from klantwaarde_xl.hosts.setup.registry import Root, value_of

_POLICIES = r"Software\Policies\Microsoft\Office"
_ASK = "Vraag uw beheerder"
_UNTIL_THEN = "Tot dan: klantwaarde voegtoe WERKBOEK."
_TRUST_CENTER = "In Excel: Bestand, Opties, Vertrouwenscentrum, Instellingen"
_FOLDERS = r"Security\Trusted Locations"
_SIGNED, _FORBIDDEN = 3, 4


@dataclass(frozen=True)
class Rule:
    """A rule of Excel's: its number (0 when it is not set), and whether an organisation set it."""

    number: int
    of_organisation: bool

    def advice(self, to_user: str, instead: str = "") -> str:
        """What to do: what a user can choose themselves, or whom to ask."""
        if not self.of_organisation:
            return to_user
        return f"{_ASK} om klantwaarde_xl.xlam toe te staan.{f' {instead}' if instead else ''}"


def rule(machine: Machine, folder: str, name: str) -> Rule:
    """A rule as it holds: the computer's policy goes before the user's, and that before the user's choice."""
    registry = machine.settings
    for office, root in ((_POLICIES, Root.COMPUTER), (_POLICIES, Root.USER), (openlist.OFFICE, Root.USER)):
        for version in openlist.versions(registry):
            found = value_of(registry, root, rf"{office}\{version}\Excel\{folder}", name)
            if found is not None and isinstance(found.data, int):
                return Rule(found.data, of_organisation=office == _POLICIES)
    return Rule(0, of_organisation=False)


def _is_trusted(machine: Machine) -> bool:
    """Whether the add-in stands where Excel does not ask: its start folder, unless that is forbidden."""
    folders_off = rule(machine, _FOLDERS, "AllLocationsDisabled").number
    return excel.places(machine).both[0].is_file() and not folders_off


def macros_check(machine: Machine) -> Finding:
    """`VBAWarnings`: whether macros may run at all; in a trusted folder they may whatever it says."""
    about, chosen = "macro's", rule(machine, "Security", "VBAWarnings")
    if chosen.number not in (_SIGNED, _FORBIDDEN):
        return good(about, "zijn niet verboden (VBAWarnings)")
    said = "zonder handtekening zijn verboden" if chosen.number == _SIGNED else "zijn alle verboden"
    advice = chosen.advice(
        f"{_TRUST_CENTER}, Macro-instellingen: sta macro's met een melding toe.", _UNTIL_THEN
    )
    if _is_trusted(machine):
        return note(
            about,
            f"{said}, behalve in vertrouwde mappen (VBAWarnings is {chosen.number}); daar staat de "
            "invoegtoepassing",
            f"Alleen als zij niet werkt: {advice}",
        )
    return wrong(
        about, f"{said}, ook waar de invoegtoepassing staat (VBAWarnings is {chosen.number})", advice
    )


def internet_check(machine: Machine) -> Finding:
    """`blockcontentexecutionfrominternet`: matters to a file that carries the mark."""
    about = "beleid voor bestanden van internet"
    if not rule(machine, "Security", "blockcontentexecutionfrominternet").number:
        return good(about, "niet strenger dan gewoon")
    if any(excel.mark_of(path).exists() for path in excel.places(machine).both):
        return wrong(
            about,
            "macro's van internet zijn verboden en de invoegtoepassing draagt dat merkteken",
            "Installeer opnieuw: dat haalt het merkteken weg.",
        )
    return good(about, "macro's van internet zijn verboden; de invoegtoepassing draagt dat merkteken niet")


def locations_check(machine: Machine) -> Finding:
    """`AllLocationsDisabled`: whether Excel trusts any folder."""
    about, chosen = "vertrouwde mappen", rule(machine, _FOLDERS, "AllLocationsDisabled")
    if not chosen.number:
        return good(about, "zijn toegestaan")
    return note(
        about,
        "staan uit (AllLocationsDisabled): Excel kan bij elke start naar macro's vragen",
        "Kies dan Macro's inschakelen. Is dat er niet: "
        + chosen.advice(f"{_TRUST_CENTER}, Vertrouwde locaties: haal het vinkje bij uitschakelen weg."),
    )


def add_ins_check(machine: Machine) -> Finding:
    """`RestrictToList`: whether only add-ins on the organisation's list may run, and ours is on it."""
    about = "beleid voor invoegtoepassingen"
    if not rule(machine, "Resiliency", "RestrictToList").number:
        return good(about, "er is geen lijst van toegestane invoegtoepassingen")
    for version in openlist.versions(machine.settings):
        for root in Root:
            key = rf"{_POLICIES}\{version}\Excel\Resiliency\AddinList"
            for name in machine.settings.values(root, key):
                if PureWindowsPath(name).name.casefold() == excel.ADDIN:
                    return good(about, "klantwaarde_xl.xlam staat op de lijst van uw organisatie")
    return wrong(
        about,
        "alleen invoegtoepassingen op een lijst mogen werken (RestrictToList) en de onze staat er niet op",
        f"{_ASK} om klantwaarde_xl.xlam op die lijst te zetten. {_UNTIL_THEN}",
    )
