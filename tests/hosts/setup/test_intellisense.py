"""The description of the functions for Excel-DNA's tooltips."""

import xml.etree.ElementTree as ET

from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.setup.intellisense import NAMESPACE, tooltips

ROOT = ET.fromstring(tooltips(REGISTRY).removeprefix('<?xml version="1.0" encoding="utf-8"?>\n'))
FUNCTIONS = ROOT.findall(f"{{{NAMESPACE}}}FunctionInfo/{{{NAMESPACE}}}Function")


def arguments(function):
    return function.findall(f"{{{NAMESPACE}}}Argument")


def test_the_file_has_the_elements_that_the_tooltips_read():
    assert ROOT.tag == f"{{{NAMESPACE}}}IntelliSense"
    assert len(ROOT) == 1


def test_every_function_and_every_argument_is_in_it_in_order():
    assert [one.get("Name") for one in FUNCTIONS] == [spec.name for spec in REGISTRY]
    for function, spec in zip(FUNCTIONS, REGISTRY, strict=True):
        assert [one.get("Name").strip("[]") for one in arguments(function)] == [arg.name for arg in spec.args]


def test_an_argument_that_may_be_left_out_stands_between_brackets():
    for function, spec in zip(FUNCTIONS, REGISTRY, strict=True):
        bracketed = [one.get("Name").startswith("[") for one in arguments(function)]
        assert bracketed == [spec.is_optional(arg) for arg in spec.args]


def test_every_description_holds_its_help_and_what_blank_means():
    value = next(one for one in FUNCTIONS if one.get("Name") == "KLANTWAARDE")
    assert "besteding" in value.get("Description")
    periods = arguments(value)[1].get("Description")
    assert "[perioden]" in periods
    assert periods.endswith("Leeg: 1.")
    assert all(one.get("Description") for function in FUNCTIONS for one in arguments(function))
