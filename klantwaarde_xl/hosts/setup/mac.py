"""What a Mac gets: no functions through Python, which Excel cannot call there, but a file that refreshes."""

from __future__ import annotations

from pathlib import Path

from klantwaarde_xl.errors import HostError, refusal
from klantwaarde_xl.hosts.setup.commands import is_ours, refresh_command
from klantwaarde_xl.hosts.setup.machine import Machine

NAME = "Ververs.command"


def _target(machine: Machine) -> Path:
    return machine.home / "Desktop" / NAME


def install(machine: Machine) -> list[str]:
    """Put `Ververs.command` on the desktop; raises `HostError` where a file of another stands there."""
    target = _target(machine)
    try:
        if target.exists() and not is_ours(target.read_bytes()):
            raise HostError(
                "Er staat al een ander bestand met deze naam; het is niet veranderd.",
                where=str(target),
                remedy="Geef dat bestand een andere naam en probeer het opnieuw.",
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(refresh_command(machine.python))
        target.chmod(0o755)
    except OSError as error:
        raise HostError(
            f"{NAME} is niet geschreven: {refusal(error)}.",
            where=str(target),
            remedy="Controleer of u op uw bureaublad mag schrijven.",
        ) from error
    return [
        f"Mac: {target} ververst een werkboek; dubbelklik erop en sleep het werkboek naar het venster.",
        "De functies in Excel voor Mac: `klantwaarde voegtoe WERKBOEK` zet ze als namen in uw werkboek.",
    ]


def uninstall(machine: Machine) -> list[str]:
    """Take our `Ververs.command` from the desktop; a file of another stays."""
    target = _target(machine)
    if not (target.is_file() and is_ours(target.read_bytes())):
        return [f"Mac: er stond geen {NAME} van Klantwaarde XL op uw bureaublad."]
    target.unlink()
    return [f"Mac: verwijderd: {target}"]
