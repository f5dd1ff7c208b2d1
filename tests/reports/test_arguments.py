"""A report on a log is asked with cells: what stands for one thing is spelled out, and its defaults are kept."""

import inspect

import pytest

from klantwaarde_xl.reports.arguments import asked_of, spelled


def box(width, height=2.0):
    return (width, height)


@spelled(size=box)
def report(name, size, shade=None):
    """Say what it was asked."""
    return name, size, shade


def test_the_arguments_of_a_part_stand_where_the_part_stands():
    assert [*inspect.signature(report).parameters] == ["name", "width", "height", "shade"]
    assert inspect.signature(report).parameters["height"].default == 2.0
    assert report.__doc__ == "Say what it was asked."


@pytest.mark.parametrize(
    ("args", "named", "wanted"),
    [
        (("a", 1), {}, ("a", (1, 2.0), None)),
        (("a", 1, 5, "red"), {}, ("a", (1, 5), "red")),
        (("a",), {"width": 1, "shade": "red"}, ("a", (1, 2.0), "red")),
    ],
)
def test_a_part_is_made_from_its_own_arguments(args, named, wanted):
    assert report(*args, **named) == wanted


def test_a_missing_or_unknown_argument_is_an_error():
    with pytest.raises(TypeError):
        report("a")
    with pytest.raises(TypeError):
        report("a", 1, depth=3)


def test_the_terms_stand_in_the_order_in_which_a_user_types_them():
    assert [*inspect.signature(asked_of).parameters] == [
        "horizon",
        "margin",
        "interest",
        "unit",
        "model",
        "as_of",
        "spending",
        "confidence",
    ]
