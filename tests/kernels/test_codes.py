"""Every code that a kernel can give has its Dutch word."""

import pytest

from klantwaarde_xl.kernels import drivers, effects, mistakes, nps, perceived, retention
from klantwaarde_xl.wording import codes
from klantwaarde_xl.wording import mistakes as wording


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (codes.RISKS, perceived.Risk),
        (codes.VERDICTS, perceived.Verdict),
        (codes.POSITIONS, perceived.Position),
        (codes.GROUPS, nps.Group),
        (codes.DIFFERENCES, nps.Difference),
        (codes.WORTH, nps.Difference),
        (codes.EVIDENCE, drivers.Evidence),
        (codes.LIGHTS, effects.Light),
        (codes.BRIDGE_STEPS, retention.BridgeStep),
        (wording.OUTCOMES, mistakes.Outcome),
        (wording.NAMES, mistakes.Mistake),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_each_code_has_a_word_of_its_own(words, kind):
    assert [int(one) for one in kind] == list(range(len(set(words))))


def test_each_mistake_is_looked_for_in_its_place():
    assert [check.mistake for check in mistakes.CHECKS] == list(mistakes.Mistake)
