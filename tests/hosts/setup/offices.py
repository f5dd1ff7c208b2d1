"""A LibreOffice made of files, for what is read from its folders."""

import json
from pathlib import Path

from klantwaarde_xl.hosts.setup.machine import Machine


def linux(folder, *path, system="Linux", python=Path("/nergens/python")):
    """A user of Linux (or a Mac) with these folders in the PATH and nothing else."""
    home = folder / "thuis"
    home.mkdir(exist_ok=True)
    return Machine(
        system=system,
        python=python,
        home=home,
        here=folder,
        environment={"PATH": ":".join(map(str, path)), "HOME": str(home)},
    )


def office_in(folder, version="25.2", unopkg="exit 0"):
    """The folder of programs of a LibreOffice; unopkg: what it does, in the language of the shell."""
    program = folder / "office" / "program"
    program.mkdir(parents=True)
    (program / "bootstraprc").write_text(
        f"[Bootstrap]\nProductKey=LibreOffice {version}\nUserInstallation=$SYSUSERCONFIG/libreoffice/4\n"
    )
    (program / "pythonloader.py").write_text("")
    for name, does in (("soffice", "exit 0"), ("unopkg", unopkg)):
        (program / name).write_text(f"#!/bin/sh\n{does}\n")
        (program / name).chmod(0o755)
    return program


def extension_in(office, *, version, python, name="lu1abc.tmp"):
    """Our extension in the user's profile, as LibreOffice unpacks it."""
    cache = office.profile / "user" / "uno_packages" / "cache"
    facts = cache / "uno_packages" / f"{name}_" / "klantwaarde.oxt" / "pythonpath" / "klantwaarde_calc"
    facts.mkdir(parents=True, exist_ok=True)
    (facts / "extension.json").write_text(json.dumps({"version": version, "python": python}))
    (cache / "uno_packages.pmap").write_bytes(b"Pmp1\xffnl.klantwaarde.xl\n" + name.encode() + b"\xffk.oxt")
