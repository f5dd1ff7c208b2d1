"""The add-in as a file: a wrapper for every declaration, texts that fit, parts that belong together."""

import json
import re
import subprocess
import sys
import zipfile

import pytest
from lxml import etree
from pyopenvba import ExcelFile

from klantwaarde_xl.errors import HostError
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.functions.spec import LONGEST_HELP
from klantwaarde_xl.hosts.excel.addin.build import RIBBON, addin_modules, build_addin
from klantwaarde_xl.hosts.excel.addin.tab import NAMESPACE
from klantwaarde_xl.hosts.excel.functions import SENTINELS
from klantwaarde_xl.hosts.excel.ribbon import BUTTONS
from klantwaarde_xl.hosts.setup.intellisense import tooltips
from klantwaarde_xl.workbook.templates import template_ids

MODULES = addin_modules()
WRAPPERS = re.compile(
    r'^Public Function (\w+)\((.*?)\) As Variant\n    \1 = KwCall\("\1", Array\((.*)\)\)$', re.M
)
TEXTS = re.compile(r"^    KwDescribeOne ((?:.* _\n)*.*)$", re.M)
# MS-VBAL 3.3.5.2: words that cannot be a name
RESERVED = set(
    re.findall(
        r"\w+",
        """abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec
    cint circle clng clnglng clngptr close const csng cstr currency cvar cverr date debug decimal declare dim do
    doevents double each else elseif empty end endif enum eqv erase event exit false fix for friend function get
    global gosub goto if imp implements in input inputb int integer is lbound len lenb let like lock long longlong
    longptr loop lset me mod new next not nothing null object on open option optional or paramarray preserve print
    private pset public put raiseevent redim rem resume return rset scale seek select set sgn shared single spc
    static stop string sub tab then to true type typeof ubound unlock until variant wend while with withevents
    write xor""",
    )
)
# What a virus scanner, or a policy, stops: other programs, addresses, what hides what it does
NOT_OURS = {
    "shell",
    "wscript.shell",
    "cmd.exe",
    "powershell",
    "createobject",
    "environ",
    "call",
    "chr",
    "exec",
    "run",
}


@pytest.fixture(scope="module")
def addin(tmp_path_factory):
    return build_addin(tmp_path_factory.mktemp("addin"))


@pytest.fixture(scope="module")
def parts(addin):
    with zipfile.ZipFile(addin) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_declaration_has_a_wrapper_with_its_arguments_and_nothing_else_has():
    found = [(name, given, cells) for name, given, cells in WRAPPERS.findall(MODULES["KwFuncties"])]
    wanted = [
        (
            spec.name,
            ", ".join(f"Optional {arg.name}" if spec.is_optional(arg) else arg.name for arg in spec.args),
            ", ".join(f"KwArg({arg.name})" for arg in spec.args),
        )
        for spec in REGISTRY
    ]
    assert found == wanted


def test_no_name_is_a_word_of_vba_nor_stands_twice_nor_looks_like_a_cell():
    names = re.findall(
        r"^(?:Public |Private )?(?:Sub|Function) (\w+)", "\n".join(MODULES.values()), re.M | re.I
    )
    for given in [
        [*names, *MODULES],
        *(["KwArg", "KwCall", spec.name, *(arg.name for arg in spec.args)] for spec in REGISTRY),
    ]:
        seen = [name.casefold() for name in given]
        assert len(set(seen)) == len(seen), given
        assert not RESERVED.intersection(seen), given
        assert all(re.fullmatch(r"[A-Z]\w{0,254}", name, re.ASCII | re.I) for name in given), given
    assert not [spec.name for spec in REGISTRY if re.fullmatch(r"[A-Z]{1,3}\d+|R\d*C?\d*|C\d*", spec.name)]


def test_the_function_list_of_excel_shows_no_function_but_ours():
    for name, text in MODULES.items():
        if name != "KwFuncties" and re.search(r"^(Public )?Function ", text, re.M):
            assert "\nOption Private Module\n" in text, name


def test_the_wizard_says_what_is_declared_of_every_function_and_argument():
    said = [
        re.findall(r'"((?:[^"]|"")*)"', call) for text in MODULES.values() for call in TEXTS.findall(text)
    ]
    said = [[text.replace('""', '"') for text in texts] for texts in said if texts]
    assert said == [[spec.name, spec.doc, *(arg.help() for arg in spec.args)] for spec in REGISTRY]
    assert max(len(text) for texts in said for text in texts) <= LONGEST_HELP


@pytest.mark.parametrize("name", MODULES)
def test_a_module_keeps_to_the_limits_of_vba(name):
    lines = MODULES[name].split("\n")
    assert max(map(len, lines)) <= 1023
    joined = "".join("_" if line.endswith(" _") else "." for line in lines)
    assert max(map(len, joined.split("."))) <= 24
    procedures = re.split(r"^End (?:Sub|Function)$", MODULES[name], flags=re.M)
    assert max(map(len, procedures)) < 64_000
    assert "<<" not in MODULES[name]


def test_every_error_value_is_made_by_vba():
    assert all(f'Case "{text}": OneShown = CVErr(' in MODULES["KwCellen"] for text in SENTINELS.values())


def test_the_file_holds_the_modules_to_the_letter(addin):
    with ExcelFile(addin) as book:
        assert book.validate() == []
        for name, text in MODULES.items():
            body = book.get_module(name).replace("\r\n", "\n")
            assert re.sub(r"^(Attribute .*\n)+", "", body).strip() == text.strip()


def test_the_same_registry_gives_the_same_bytes_and_few_of_them(addin, tmp_path):
    assert build_addin(tmp_path).read_bytes() == addin.read_bytes()
    assert addin.stat().st_size <= 100_000


def test_every_part_is_well_formed_and_has_a_content_type(parts):
    types = etree.fromstring(parts["[Content_Types].xml"])
    known = {one.get("PartName", "").lstrip("/"): one.get("ContentType") for one in types}
    extensions = {one.get("Extension") for one in types if one.get("Extension")}
    for name, data in parts.items():
        if not name.endswith(".bin"):
            etree.fromstring(data)
        assert name in known or name.rpartition(".")[2] in extensions or name == "[Content_Types].xml"
    assert known["xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    assert set(filter(None, known)) <= set(parts)


def test_the_ribbon_belongs_to_the_file(parts):
    relations = etree.fromstring(parts["_rels/.rels"])
    (found,) = [one for one in relations if one.get("Target") == RIBBON]
    # Microsoft names this pair (MS-CUSTOMUI 2.1.2): the year of the one is that of the other
    assert found.get("Type") == "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
    assert (
        etree.fromstring(parts[RIBBON]).nsmap[None] == "http://schemas.microsoft.com/office/2006/01/customui"
    )
    assert len({one.get("Id") for one in relations}) == len(relations)


def test_the_explanation_of_the_arguments_is_in_the_file_where_excel_looks_for_such_parts(parts):
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    links = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    (target,) = [one.get("Target") for one in links if one.get("Type") == f"{office}/relationships/customXml"]
    item = target.replace("../", "")
    assert parts[item].decode() == tooltips(REGISTRY)
    (about,) = etree.fromstring(parts["customXml/_rels/item1.xml.rels"])
    assert about.get("Type") == f"{office}/relationships/customXmlProps"
    described = etree.fromstring(parts["customXml/" + about.get("Target")])
    named = described.xpath("//ds:schemaRef/@ds:uri", namespaces={"ds": f"{office}/customXml"})
    assert named == [etree.fromstring(parts[item]).nsmap[None]]


def test_the_file_has_no_window_for_the_user(parts):
    book = etree.fromstring(parts["xl/workbook.xml"])
    assert [one.get("visibility") for one in book.iterfind(".//{*}workbookView")] == ["hidden"]


def test_every_button_and_every_template_is_on_the_tab_once(parts):
    tab = etree.fromstring(parts[RIBBON])
    space = {"ui": NAMESPACE}
    wanted = [one.action for one in BUTTONS if not one.of_templates] + [
        f"nieuw:{name}" for name in template_ids()
    ]
    assert sorted(tab.xpath("//ui:button/@tag", namespaces=space)) == sorted(wanted)
    assert tab.xpath("//ui:tab/@label", namespaces=space) == ["Klantwaarde"]
    ids = tab.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert all(tab.xpath("//ui:button/@imageMso", namespaces=space))
    (callback,) = set(tab.xpath("//@onAction"))
    assert f"Public Sub {callback}(control As IRibbonControl)" in MODULES["KwRibbon"]


def test_the_file_names_nobody(parts):
    properties = etree.fromstring(parts["docProps/core.xml"])
    said = {etree.QName(one).localname: one.text for one in properties}
    assert said["creator"] == said["title"] == "Klantwaarde XL"


@pytest.mark.slow
def test_a_scanner_of_vba_finds_no_other_program_no_address_and_nothing_hidden(addin):
    done = subprocess.run(
        [sys.executable, "-m", "oletools.olevba", "--json", "--deobf", "--decode", str(addin)],
        capture_output=True,
        text=True,
        check=True,
    )
    (seen,) = [one for one in json.loads(done.stdout) if one.get("type") == "OpenXML"]
    analysis = {(one["type"], one["keyword"].casefold()) for one in seen["analysis"]}
    assert ("AutoExec", "workbook_open") in analysis  # it did read our modules
    for kind, keyword in analysis:
        assert keyword not in NOT_OURS, (kind, keyword)
        assert kind != "IOC" or keyword.endswith("8.dll"), keyword
    assert not [code["code"] for code in seen["macros"] if re.search(r"https?:|cmd\.exe", code["code"], re.I)]


def test_without_the_package_that_writes_vba_it_says_which_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    with pytest.raises(HostError, match="pyOpenVBA"):
        build_addin(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(HostError) as raised:
        build_addin(tmp_path / "weg")
    assert raised.value.where.startswith(str(tmp_path / "weg"))
