"""How many random examples a costly property gets: few in the suite, more for who looks for faults."""

import itertools

import hypothesis


def times(count, *, more=10):
    """So many in the profile `same` of the suite, in which everyone tries the same ones; more in `explore`."""
    return count if hypothesis.settings.default.derandomize else more * count


def examples(count):
    """Settings with so many examples, and ten times as many for who looks for faults."""
    return hypothesis.settings(max_examples=times(count))


def crossed(*lists):
    """In the suite each value of each list beside some of the others; every combination for who looks for faults."""
    if times(1) > 1:
        return list(itertools.product(*lists))
    return [tuple(one[at % len(one)] for one in lists) for at in range(max(map(len, lists)))]
