"""How many random examples a costly property gets: few in the suite, more for who looks for faults."""

import hypothesis


def times(count, *, more=10):
    """So many in the profile `same` of the suite, in which everyone tries the same ones; more in `explore`."""
    return count if hypothesis.settings.default.derandomize else more * count


def examples(count):
    """Settings with so many examples, and ten times as many for who looks for faults."""
    return hypothesis.settings(max_examples=times(count))
