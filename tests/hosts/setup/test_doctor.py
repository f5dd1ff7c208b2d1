"""The doctor on Python itself, and on all of it together."""

import json
import sys
from dataclasses import replace
from importlib import metadata

import pytest

import klantwaarde_xl
from klantwaarde_xl.hosts.setup import excel as installing
from klantwaarde_xl.hosts.setup.doctor import examine as examining
from klantwaarde_xl.hosts.setup.doctor import excel, python
from klantwaarde_xl.hosts.setup.doctor.finding import State, may_write

GOOD, NOTE, WRONG = State.GOOD, State.NOTE, State.WRONG


def test_an_old_python_is_wrong_and_a_new_one_good():
    assert python.version_check((3, 10, 9)).state is WRONG
    assert python.version_check((3, 11, 0)).state is GOOD


@pytest.mark.slow
def test_every_declared_library_is_one_that_can_be_loaded():
    assert python.libraries_check().state is GOOD
    assert {"numpy", "python_calamine", "markdown_it", "xlwings"} <= set(python.declared_libraries())


def test_a_library_that_does_not_load_is_named():
    def load(name):
        if name == "twee":
            raise ImportError("DLL load failed")

    finding = python.libraries_check(lambda: ["een", "twee"], load)
    assert finding.state is WRONG
    assert finding.found == "laden niet: twee (ImportError: DLL load failed)"


def test_a_product_without_its_list_of_libraries_says_that_it_cannot_know():
    def none():
        raise metadata.PackageNotFoundError("klantwaarde-xl")

    assert python.libraries_check(none).state is NOTE


def test_a_folder_in_which_no_file_can_be_made_is_wrong(tmp_path):
    (tmp_path / "bestand").write_text("")
    assert python.temporary_check(tmp_path).state is GOOD
    assert python.temporary_check(tmp_path / "bestand").state is WRONG
    assert may_write("map", tmp_path / "nog" / "niet", "maak haar").state is GOOD


def answering(tmp_path, line):
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\n{line}\n")
    script.chmod(0o755)
    return str(script)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
@pytest.mark.parametrize(
    ("line", "state", "word"),
    [
        ("printf 'klantwaarde-xl 0.0.1'", NOTE, "0.0.1"),
        ("echo 'No module named klantwaarde_xl' >&2; exit 1", WRONG, "No module named klantwaarde_xl"),
        ("exit 3", WRONG, "code 3"),
    ],
)
def test_a_python_that_answers_otherwise_is_told_apart(machine, tmp_path, line, state, word):
    finding = python.interpreter_check(machine, "Python", answering(tmp_path, line), "doe iets")
    assert (finding.state, word in finding.found) == (state, True)


def test_a_python_that_has_the_product_answers_with_its_version(machine):
    finding = python.interpreter_check(machine, "Python", sys.executable, "doe iets")
    assert (finding.state, klantwaarde_xl.__version__ in finding.found) == (GOOD, True)


# ── all of it ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_well_computer_has_nothing_wrong(well):
    sections = examining.examine(well)
    assert [one.title for one in sections] == ["Klantwaarde XL", "Excel", "LibreOffice"]
    assert examining.is_well(sections)
    assert examining.as_text(sections).endswith("Er is niets fout.")


@pytest.mark.slow
def test_what_is_wrong_says_what_to_do(well):
    installing.places(well).both[0].unlink()
    sections = examining.examine(well)
    assert not examining.is_well(sections)
    text = examining.as_text(sections)
    assert "  fout    invoegtoepassing: staat niet in" in text
    assert "          Oplossing: Sluit Excel en dubbelklik op Installeer.cmd" in text


@pytest.mark.slow
def test_a_check_that_breaks_is_a_finding_and_the_rest_goes_on(well, monkeypatch):
    monkeypatch.setattr(excel, "bits_check", lambda _: 1 / 0)
    findings = examining.examine(well)[1].findings
    assert [one.state for one in findings].count(WRONG) == 1
    assert len(findings) == 12


@pytest.mark.slow
def test_the_help_desk_gets_every_check_and_no_setting_of_the_user(well):
    machine = replace(well, environment={**well.environment, "GEHEIM": "wachtwoord123"})
    sections = examining.examine(machine)
    said = json.loads(examining.as_json(sections, machine))
    assert said["in_orde"] is True
    assert len(said["controles"]) == sum(len(one.findings) for one in sections)
    assert set(said["controles"][0]) == {"onderdeel", "controle", "stand", "gevonden", "doen"}
    assert "wachtwoord123" not in json.dumps(said)
