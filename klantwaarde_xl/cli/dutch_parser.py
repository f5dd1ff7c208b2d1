"""Python's argument parser in Dutch: its headings, and its complaints as our own error."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from klantwaarde_xl.errors import UsageError

_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "Dit ontbreekt: {0}."),
    (r"unrecognized arguments: (.+)", "Dit ken ik niet: {0}."),
    (r"argument (\S+): invalid choice: (.+?) \(choose from (.+)\)", "{1} kan niet bij {0}. Kies uit: {2}."),
    (r"argument (\S+): expected one argument", "Achter {0} hoort een waarde."),
    (r"argument (\S+): invalid \w+ value: (.+)", "{1} kan niet bij {0}."),
    (r"ambiguous option: (\S+) could match (.+)", "{0} kan meer betekenen: {1}."),
    (r"argument (\S+): not allowed with argument (\S+)", "{0} en {1} gaan niet samen."),
    (r"argument (\S+): ignored explicit argument (.+)", "Achter {0} hoort geen waarde ({1})."),
)


class DutchFormatter(argparse.RawDescriptionHelpFormatter):
    """Help text with Dutch headings."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Write the usage line behind a Dutch word."""
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class DutchParser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch and raises `UsageError`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"formatter_class": DutchFormatter, **options, "add_help": False, "allow_abbrev": False}
        )
        self._positionals.title = "argumenten"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", "--hulp", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong in Dutch, with the way to the help."""
        what = message
        for pattern, dutch in _COMPLAINTS:
            if match := re.fullmatch(pattern, message):
                what = dutch.format(*match.groups())
                break
        raise UsageError(what, remedy=f"`{self.prog} --hulp` toont wat er kan.")
