"""How many random examples a costly property gets: few in the suite, ten times as many for who looks for faults."""

import hypothesis

_MORE = 10


def examples(count):
    """So many in the profile `same` of the suite, in which everyone tries the same ones; more in `explore`."""
    return hypothesis.settings(
        max_examples=count if hypothesis.settings.default.derandomize else _MORE * count
    )
