"""The ready-made workbooks: a file each, named after its id, that declares `TEMPLATE`.

Adding a workbook is adding a file here; nothing else lists them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from klantwaarde_xl.errors import UsageError
from klantwaarde_xl.workbook.blocks import Template

__all__ = ["Template", "template", "template_ids", "templates"]


def template_ids() -> tuple[str, ...]:
    """The ids of all templates, in alphabetical order; loads none of them."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__)))


def template(name: str) -> Template:
    """One template by its id; raises `UsageError` for a name that none has."""
    if name not in template_ids():
        raise UsageError(f"Er is geen sjabloon {name!r}.", remedy=f"Kies uit: {', '.join(template_ids())}.")
    module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    made: Template = module.TEMPLATE
    return made


def templates() -> Mapping[str, Template]:
    """All templates by id."""
    return {name: template(name) for name in template_ids()}
