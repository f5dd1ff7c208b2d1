"""A plan on a package, and what its edits did to the parts."""

from __future__ import annotations

from klantwaarde_xl.plan.closed import edits_of, resolve_in
from klantwaarde_xl.plan.plan import Plan
from klantwaarde_xl.xlsx.package import Edited, Package


def apply(package: Package, plan: Plan) -> Edited:
    """Carry out a plan and return what changed in the package."""
    return package.edit(*edits_of(resolve_in(package, plan)))
