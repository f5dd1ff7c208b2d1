"""The extension as a file: complete, well-formed, the same bytes each time, never half written."""

import ast
import errno
import json
import re
import sys
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

import klantwaarde_xl
from klantwaarde_xl.errors import HostError
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.libreoffice import parts
from klantwaarde_xl.hosts.libreoffice.build import PACKAGE, build_extension, extension_files

XML = (
    "META-INF/manifest.xml",
    "description.xml",
    "klantwaarde.components",
    "CalcAddIns.xcu",
    "Addons.xcu",
    "ProtocolHandler.xcu",
)


@pytest.fixture(scope="module")
def files():
    return extension_files(REGISTRY, python="/opt/kw/bin/python")


def test_the_same_registry_gives_the_same_bytes(tmp_path):
    first = build_extension(tmp_path / "een.oxt", python="python")
    second = build_extension(tmp_path / "twee.oxt", python="python")
    assert first.read_bytes() == second.read_bytes()


def test_an_extension_replaces_the_old_one_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "klantwaarde.oxt"
    path.write_text("oud")
    assert build_extension(path) == path
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    assert zipfile.ZipFile(path).testzip() is None


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(HostError) as raised:
        build_extension(tmp_path / "weg" / "klantwaarde.oxt")
    assert raised.value.where == str(tmp_path / "weg" / "klantwaarde.oxt")


def test_a_failing_build_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "klantwaarde.oxt"
    path.write_text("oud")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("klantwaarde_xl.hosts.zipped._write", full)
    with pytest.raises(HostError, match="schijf is vol") as raised:
        build_extension(path)
    assert raised.value.where == str(path)
    assert path.read_text() == "oud"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", XML)
def test_every_configuration_file_is_well_formed(files, name):
    etree.fromstring(files[name])


def test_the_manifest_names_files_that_are_there(files):
    root = etree.fromstring(files["META-INF/manifest.xml"])
    paths = root.xpath("//@*[local-name()='full-path']")
    assert set(paths) <= set(files)
    (uri,) = etree.fromstring(files["klantwaarde.components"]).xpath("//@uri")
    assert uri in files


def test_special_characters_in_a_declaration_survive():
    spec = REGISTRY["AOV"]
    odd = "a < b & \"c\" > 'd' — € é ]]>"
    changed = replace(spec, doc=odd, args=(replace(spec.args[0], doc=odd), spec.args[1]))
    root = etree.fromstring(extension_files([changed], python="x")["CalcAddIns.xcu"])
    texts = root.xpath("//prop[@*='Description']/value/text()")
    assert texts[:4] == [odd, odd, odd, odd]


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.name)
def test_every_function_has_a_method_and_its_declaration(files, spec):
    method = parts.method(spec)
    assert re.fullmatch("kw[a-z0-9]+", method)
    (parameters,) = re.findall(rf" {method}\((.*)\);", files["types.idl"].decode())
    assert len(parameters.split(", ")) == len(spec.args)
    assert {"method": method, "name": spec.name, "arguments": len(spec.args)} in json.loads(
        files[f"{PACKAGE}/extension.json"]
    )["functions"]
    root = etree.fromstring(files["CalcAddIns.xcu"])
    (node,) = root.xpath("//node[@*[local-name()='name']=$name]", name=method)
    for prop in ("DisplayName", "CompatibilityName"):
        assert set(node.xpath(f"prop[@*='{prop}']/value/text()")) == {spec.name}


def test_functions_of_different_names_have_different_methods():
    names = ["A_B", "AQUB", "AQB", "AQ_B", "AQQUB", "A_QB", "AB"]
    specs = [replace(REGISTRY["AOV"], name=f"KW{name}") for name in names]
    assert len({parts.method(spec).upper() for spec in specs}) == len(names)


def test_the_component_is_told_its_version_and_interpreter(files):
    facts = json.loads(files[f"{PACKAGE}/extension.json"])
    assert facts["version"] == klantwaarde_xl.__version__
    assert facts["python"] == "/opt/kw/bin/python"
    assert b'value="25.2"' in files["description.xml"]


def test_the_component_needs_nothing_but_the_standard_library_and_uno(files):
    allowed = set(sys.stdlib_module_names) | {"uno", "unohelper", "com", "klantwaarde_calc"}
    sources = {name: text.decode() for name, text in files.items() if name.endswith(".py")}
    assert len(sources) > 5
    for name, text in sources.items():
        for module in re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE):
            assert module in allowed, f"{name} imports {module}"
        ast.parse(text, name, feature_version=(3, 8))
