"""Checks of what an organisation forbids Excel; these go before everything that a user can set.

Read, never written: a policy is changed by who made it.
"""

from __future__ import annotations

from pathlib import PureWindowsPath

from klantwaarde_xl.hosts.setup import excel, openlist
from klantwaarde_xl.hosts.setup.doctor.finding import Finding, good, note, wrong
from klantwaarde_xl.hosts.setup.machine import Machine
from klantwaarde_xl.hosts.setup.registry import Root, value_of

_POLICIES = r"Software\Policies\Microsoft\Office"
_ASK = "Vraag uw beheerder"
_SIGNED, _FORBIDDEN = 3, 4


def setting(machine: Machine, folder: str, name: str) -> int:
    """A policy's number, of the computer or else the user; 0 when it is not set."""
    for version in openlist.versions(machine.settings):
        for root in (Root.COMPUTER, Root.USER):
            key = rf"{_POLICIES}\{version}\Excel\{folder}"
            found = value_of(machine.settings, root, key, name)
            if found is not None and isinstance(found.data, int) and found.data:
                return found.data
    return 0


def _is_trusted(machine: Machine) -> bool:
    """Whether the add-in stands where Excel does not ask: its start folder, unless that is forbidden."""
    folders_off = setting(machine, r"Security\Trusted Locations", "AllLocationsDisabled")
    return not excel.places(machine).moved and not folders_off


def macros_check(machine: Machine) -> Finding:
    """`VBAWarnings`: whether macros may run at all; in a trusted folder they may whatever it says."""
    about, chosen = "beleid voor macro's", setting(machine, "Security", "VBAWarnings")
    if chosen not in (_SIGNED, _FORBIDDEN):
        return good(about, "macro's zijn niet verboden (VBAWarnings)")
    said = "zonder handtekening" if chosen == _SIGNED else "alle"
    if _is_trusted(machine):
        return note(
            about,
            f"macro's ({said}) zijn verboden, behalve in vertrouwde mappen; daar staat de invoegtoepassing",
            f"Werkt zij niet, {_ASK.lower()} om klantwaarde_xl.xlam toe te staan (VBAWarnings is {chosen}).",
        )
    return wrong(
        about,
        f"macro's ({said}) zijn verboden, ook in de map van de invoegtoepassing (VBAWarnings is {chosen})",
        f"{_ASK} om klantwaarde_xl.xlam toe te staan. Tot dan: klantwaarde voegtoe WERKBOEK.",
    )


def internet_check(machine: Machine) -> Finding:
    """`blockcontentexecutionfrominternet`: matters to a file that carries the mark."""
    about = "beleid voor bestanden van internet"
    if not setting(machine, "Security", "blockcontentexecutionfrominternet"):
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
    about = "beleid voor vertrouwde mappen"
    if not setting(machine, r"Security\Trusted Locations", "AllLocationsDisabled"):
        return good(about, "vertrouwde mappen zijn toegestaan")
    return note(
        about,
        "vertrouwde mappen staan uit (AllLocationsDisabled): Excel kan bij elke start naar macro's vragen",
        f"Kies dan Macro's inschakelen. Is dat er niet, {_ASK.lower()} om klantwaarde_xl.xlam toe te staan.",
    )


def add_ins_check(machine: Machine) -> Finding:
    """`RestrictToList`: whether only add-ins on the organisation's list may run, and ours is on it."""
    about = "beleid voor invoegtoepassingen"
    if not setting(machine, "Resiliency", "RestrictToList"):
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
        f"{_ASK} om klantwaarde_xl.xlam op die lijst te zetten. Tot dan: klantwaarde voegtoe WERKBOEK.",
    )
