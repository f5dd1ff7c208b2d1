"""Python's argument parser in Dutch: its headings, and its complaints as our own error.

argparse has no other way to its complaints than their English sentences. Each row of `_COMPLAINTS`
is tested against the sentence of the Python that runs; a sentence without a row becomes a Dutch one
that says less, never an English one.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

from klantwaarde_xl.errors import UsageError

_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "Dit ontbreekt: {0}."),
    (r"one of the arguments (.+) is required", "Eén van deze is nodig: {0}."),
    (
        r"argument (\S+): invalid choice: '(.*?)'(?:, maybe you meant .+?)? \(choose from (.+)\)",
        "Er is geen {0} {1}. Kies uit: {2}.",
    ),
    (r"argument (\S+): expected one argument", "Achter {0} hoort een waarde."),
    (r"argument (\S+): expected at most one argument", "Achter {0} hoort hooguit één waarde."),
    (r"argument (\S+): expected at least one argument", "Achter {0} hoort minstens één waarde."),
    (r"argument (\S+): expected (\d+) arguments?", "Achter {0} horen {1} waarden."),
    (r"argument (\S+): invalid \S+ value: '(.*)'", "{1} kan niet bij {0}."),
    (r"ambiguous option: (\S+) could match (.+)", "{0} kan meer betekenen: {1}."),
    (r"argument (\S+): not allowed with argument (\S+)", "{0} en {1} gaan niet samen."),
    (r"argument (\S+): ignored explicit argument '(.*)'", "Achter {0} hoort geen waarde ({1})."),
    (r"argument (\S+): .+", "Er klopt iets niet aan {0}."),
)
_UNKNOWN = "Deze woorden passen niet bij deze opdracht."


def meant(word: str, names: Iterable[str]) -> str:
    """`Bedoelde u dashboard? ` when one name begins with the word, or a name looks like it; else nothing."""
    folded = {name.casefold(): name for name in names}
    begun = [name for name in folded if name.startswith(word.casefold())]
    near = begun if len(begun) == 1 else difflib.get_close_matches(word.casefold(), folded, n=1)
    return f"Bedoelde u {folded[near[0]]}? " if near else ""


class DutchFormatter(argparse.RawDescriptionHelpFormatter):
    """Help text with Dutch headings."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Write the usage line behind a Dutch word."""
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class Once(argparse.Action):
    """Keep the value of an option; a second one is refused, because the first would be ignored."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        """Keep it, or refuse it."""
        if option_string and getattr(namespace, self.dest, self.default) is not self.default:
            raise parser.usage_error(f"{option_string} staat er twee keer.", "Geef er één. ")
        setattr(namespace, self.dest, values)


class DutchParser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch and raises `UsageError`.

    closing: what the help ends with, made only when the help is asked for; hint: what to say of a
    word that is no choice and looks like none, such as `Bedoelde u …? `.
    """

    def __init__(
        self,
        *,
        closing: Callable[[], str] | None = None,
        hint: Callable[[str], str] = lambda word: "",
        **options: Any,
    ) -> None:
        super().__init__(
            **{"formatter_class": DutchFormatter, **options, "add_help": False, "allow_abbrev": False}
        )
        self.closing, self.hint = closing, hint
        self.register("action", None, Once)
        self._positionals.title = "argumenten"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", "--hulp", action="help", help="toon deze uitleg")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse the words; what this very command does not know is refused here, in its name."""
        words = sys.argv[1:] if args is None else list(args)
        if self._subparsers and words and words[0].startswith("-"):
            option = words[0].partition("=")[0]
            if option not in self._option_string_actions:
                raise self.usage_error(
                    f"Dit ken ik niet: {option}.", "Een optie van een opdracht hoort erachter. "
                )
        found, left = super().parse_known_args(words, namespace)
        if left:
            known = [name for action in self._actions for name in action.option_strings]
            near = next(filter(None, (meant(word.partition("=")[0], known) for word in left)), "")
            if not near and "--gegevens" in known and not left[0].startswith("-"):
                near = f"Bedoelde u --gegevens {left[0]}? "
            raise self.usage_error(f"Dit ken ik niet: {' '.join(left)}.", near)
        return found, left

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong in Dutch, with the way to the help."""
        for pattern, dutch in _COMPLAINTS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                groups = match.groups()
                near = ""
                if len(groups) > 2:  # the choices: with quotes or without, as the version of Python likes
                    name, word, choices = groups[0].casefold(), groups[1], groups[2].replace("'", "")
                    groups, near = (name, word, choices), self.hint(word) or meant(word, choices.split(", "))
                raise self.usage_error(dutch.format(*groups), near)
        raise self.usage_error(_UNKNOWN)

    def usage_error(self, what: str, remedy: str = "") -> UsageError:
        """The error for words that are off, with the way to the help of this very command."""
        return UsageError(what, remedy=f"{remedy}`{self.prog} --hulp` toont wat er kan.")

    def format_help(self) -> str:
        """The help, with its closing."""
        if self.closing:
            self.epilog = self.closing()
        return super().format_help()


def options_given(options: argparse.Namespace, names: Sequence[str]) -> list[str]:
    """Those of the options `--name` that the user gave."""
    return [f"--{name}" for name in names if getattr(options, name.replace("-", "_")) not in (None, False)]
