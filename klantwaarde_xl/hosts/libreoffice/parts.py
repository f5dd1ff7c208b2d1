"""The text of each file in the extension, rendered from the registry."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lxml import etree

from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.spec import Arg, Kind, Spec

IDENTIFIER = "nl.klantwaarde.xl"
SERVICE = "nl.klantwaarde.Functies"
FUNCTIONS = "nl.klantwaarde.FunctiesImpl"
HANDLER = "nl.klantwaarde.Menu"
MODULE, INTERFACE = "nl.klantwaarde", "XFuncties"
PROTOCOL = "nl.klantwaarde:"
COMPONENT = "klantwaarde_calc_entry.py"
OLDEST_LIBREOFFICE = "25.2"

_CELL_RANGES = (*(kind for kind in Kind if kind.is_column), Kind.CELLS)

_OOR = "http://openoffice.org/2001/registry"
_XS = "http://www.w3.org/2001/XMLSchema"
_MANIFEST = "http://openoffice.org/2001/manifest"
_DESCRIPTION = "http://openoffice.org/extensions/description/2006"
# An unknown dependency counts as unmet, and this one is known only in LibreOffice's own namespace.
_LIBREOFFICE = "http://libreoffice.org/extensions/description/2011"
_COMPONENTS = "http://openoffice.org/2010/uno-components"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Dutch everywhere: en-US is what LibreOffice falls back on in any other language.
_LANGUAGES = ("nl", "en-US")
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"

MENU = ((PROTOCOL + "ververs", "Ververs dit werkboek"), (PROTOCOL + "over", "Over Klantwaarde XL"))


def method(spec: Spec) -> str:
    """Name the UNO method of a function. Workbooks in .ods store it, so it must never change.

    UNO takes no underscore in a method's name, and Calc knows no upper from lower case; with q as
    the escape two functions can never share a method. The prefix keeps clear of UNO's own words.
    """
    return "kw" + spec.name.lower().replace("q", "qq").replace("_", "qu")


def types_idl(specs: Iterable[Spec]) -> bytes:
    """Declare the interface that holds a method for each function."""
    methods = [f"  sequence< sequence< any > > {method(spec)}({_parameters(spec)});" for spec in specs]
    lines = [
        " ".join(f"module {name} {{" for name in MODULE.split(".")),
        f"interface {INTERFACE} : com::sun::star::uno::XInterface {{",
        *methods,
        "};",
        "}; " * len(MODULE.split(".")),
    ]
    return "\n".join([*lines, ""]).encode("ascii")


def _parameters(spec: Spec) -> str:
    return ", ".join(f"[in] {_type(spec, arg)} a{i}" for i, arg in enumerate(spec.args))


def _type(spec: Spec, arg: Arg) -> str:
    """The UNO type of an argument.

    `any` takes a value, a range, an array that a formula computes, or nothing, but Calc refuses a
    range with an error in it (Err:504) before the function sees it. A cell range object shows the
    errors and needs no copy of a whole column; it can neither be left out nor be an array. No type
    does both. So loose numbers, which users filter (`NPS(FILTER(…))`), come as `any`; columns of a
    log, which are long and go together, as cell ranges, and so do the cells that FOUTCEL judges.
    """
    if arg.kind in _CELL_RANGES and not spec.is_optional(arg):
        return "com::sun::star::table::XCellRange"
    return "any"


def extension_json(specs: Iterable[Spec], *, growing: Iterable[str], python: str, version: str) -> bytes:
    """Write down what the component needs: functions, tables that grow, interpreter, version, error codes."""
    facts = {
        "version": version,
        "python": python,
        "functions": [
            {"method": method(spec), "name": spec.name, "arguments": len(spec.args)} for spec in specs
        ],
        "growing": sorted(growing),
        "interface": f"{MODULE}.{INTERFACE}",
        "service": SERVICE,
        "implementation": FUNCTIONS,
        "handler": HANDLER,
        "protocol": PROTOCOL,
        "errors": {str(error.code): error.text for error in CellError},
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode()


def calc_addins(specs: Iterable[Spec]) -> bytes:
    """Describe each function and argument for Calc's function wizard."""
    root = _registry("CalcAddIns")
    functions = _node(_node(_node(root, "AddInInfo", ""), SERVICE), "AddInFunctions", "")
    for spec in specs:
        function = _node(functions, method(spec))
        _texts(function, "DisplayName", spec.name)
        _texts(function, "Description", spec.doc)
        _value(function, "Category", "Add-In")
        _texts(function, "CompatibilityName", spec.name)  # the name in .xlsx files
        parameters = _node(function, "Parameters", "")
        for i, arg in enumerate(spec.args):
            parameter = _node(parameters, f"a{i}")
            _texts(parameter, "DisplayName", arg.name)
            _texts(parameter, "Description", arg.help())
    return _serialise(root)


def addons() -> bytes:
    """Declare the menu."""
    root = _registry("Addons")
    bar = _node(_node(root, "AddonUI", ""), "OfficeMenuBar", "")
    menu = _node(bar, IDENTIFIER + ".menu")
    _texts(menu, "Title", "Klantwaarde", kind="xs:string")
    _value(menu, "Context", _SPREADSHEET, kind="xs:string")
    submenu = _node(menu, "Submenu", "")
    for i, (url, title) in enumerate(MENU):
        item = _node(submenu, f"M{i}")
        _value(item, "URL", url, kind="xs:string")
        _texts(item, "Title", title, kind="xs:string")
        _value(item, "Target", "_self", kind="xs:string")
        _value(item, "Context", _SPREADSHEET, kind="xs:string")
    return _serialise(root)


def protocol_handler() -> bytes:
    """Tell LibreOffice who answers `nl.klantwaarde:` commands."""
    root = _registry("ProtocolHandler")
    handler = _node(_node(root, "HandlerSet", ""), HANDLER)
    _value(handler, "Protocols", PROTOCOL + "*", kind="oor:string-list")
    return _serialise(root)


def components() -> bytes:
    """Register the services without running any of our code, so that installing cannot fail on it."""
    root = etree.Element(f"{{{_COMPONENTS}}}components", nsmap={"components": _COMPONENTS})
    component = etree.SubElement(root, f"{{{_COMPONENTS}}}component")
    component.set("loader", "com.sun.star.loader.Python")
    component.set("uri", COMPONENT)
    for name, services in (
        (FUNCTIONS, [SERVICE]),
        (HANDLER, ["com.sun.star.frame.ProtocolHandler", HANDLER]),
    ):
        implementation = etree.SubElement(component, f"{{{_COMPONENTS}}}implementation", name=name)
        for service in services:
            etree.SubElement(implementation, f"{{{_COMPONENTS}}}service", name=service)
    return _serialise(root)


def description(version: str) -> bytes:
    """Name the extension, its version, and the oldest LibreOffice that it works in."""
    root = etree.Element(f"{{{_DESCRIPTION}}}description", nsmap={"d": _DESCRIPTION})
    etree.SubElement(root, f"{{{_DESCRIPTION}}}identifier", value=IDENTIFIER)
    etree.SubElement(root, f"{{{_DESCRIPTION}}}version", value=version)
    names = etree.SubElement(root, f"{{{_DESCRIPTION}}}display-name")
    for language in ("nl", "en"):
        etree.SubElement(names, f"{{{_DESCRIPTION}}}name", lang=language).text = "Klantwaarde XL"
    wanted = etree.SubElement(root, f"{{{_DESCRIPTION}}}dependencies")
    oldest = etree.SubElement(
        wanted,
        f"{{{_LIBREOFFICE}}}LibreOffice-minimal-version",
        value=OLDEST_LIBREOFFICE,
        nsmap={"lo": _LIBREOFFICE},
    )
    oldest.set(f"{{{_DESCRIPTION}}}name", f"LibreOffice {OLDEST_LIBREOFFICE}")
    return _serialise(root)


def manifest() -> bytes:
    """List the files that LibreOffice has to read, and as what."""
    configuration = "application/vnd.sun.star.configuration-data"
    entries = (
        ("application/vnd.sun.star.uno-typelibrary;type=RDB", "types.idl"),  # plain text will do
        ("application/vnd.sun.star.uno-components", "klantwaarde.components"),
        (configuration, "CalcAddIns.xcu"),
        (configuration, "Addons.xcu"),
        (configuration, "ProtocolHandler.xcu"),
    )
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    for kind, path in entries:
        entry = etree.SubElement(root, f"{{{_MANIFEST}}}file-entry")
        entry.set(f"{{{_MANIFEST}}}media-type", kind)
        entry.set(f"{{{_MANIFEST}}}full-path", path)
    return _serialise(root)


# ── XML ─────────────────────────────────────────────────────────────────────────────────────


def _registry(name: str) -> etree._Element:
    root = etree.Element(f"{{{_OOR}}}component-data", nsmap={"oor": _OOR, "xs": _XS})
    root.set(f"{{{_OOR}}}name", name)
    root.set(f"{{{_OOR}}}package", "org.openoffice.Office")
    return root


def _node(parent: etree._Element, name: str, operation: str = "replace") -> etree._Element:
    node = etree.SubElement(parent, "node")
    node.set(f"{{{_OOR}}}name", name)
    if operation:
        node.set(f"{{{_OOR}}}op", operation)
    return node


def _property(parent: etree._Element, name: str, kind: str) -> etree._Element:
    prop = etree.SubElement(parent, "prop")
    prop.set(f"{{{_OOR}}}name", name)
    if kind:
        prop.set(f"{{{_OOR}}}type", kind)
    return prop


def _value(parent: etree._Element, name: str, text: str, kind: str = "") -> None:
    etree.SubElement(_property(parent, name, kind), "value").text = text


def _texts(parent: etree._Element, name: str, text: str, kind: str = "") -> None:
    prop = _property(parent, name, kind)
    for language in _LANGUAGES:
        value = etree.SubElement(prop, "value")
        value.set(_LANG, language)
        value.text = text


def _serialise(root: etree._Element) -> bytes:
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text
