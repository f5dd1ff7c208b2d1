"""The ribbon's tab as XML, from the one list of what its buttons do."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from klantwaarde_xl.hosts.excel.ribbon import BUTTONS, Button
from klantwaarde_xl.workbook.templates import Template

NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"
_CALLBACK = "KwButton"


def ribbon_xml(templates: Mapping[str, Template]) -> bytes:
    """The tab Klantwaarde; templates: those that the menu of new workbooks offers, by id."""
    drawn = "".join(_menu(one, templates) if one.of_templates else _button(one) for one in BUTTONS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<customUI xmlns="{NAMESPACE}"><ribbon><tabs><tab id="kwTab" label="Klantwaarde">'
        f'<group id="kwGroep" label="Klantwaarde XL">{drawn}</group></tab></tabs></ribbon></customUI>\n'
    ).encode()


def _button(one: Button) -> str:
    large = "large" if one is BUTTONS[0] else "normal"
    return _element(
        "button", one.action, one.action, label=one.label, imageMso=one.icon, size=large, screentip=one.label,
        supertip=one.tip,
    )  # fmt: skip


def _menu(one: Button, templates: Mapping[str, Template]) -> str:
    items = "".join(
        _element(
            "button", f"{one.action}_{name.replace('-', '_')}", f"{one.action}:{name}", label=template.title,
            description=template.purpose, imageMso=one.icon,
        )
        for name, template in templates.items()
    )  # fmt: skip
    said = _attributes(label=one.label, imageMso=one.icon, screentip=one.label, supertip=one.tip)
    return f'<menu id="kw_{one.action}" size="large" itemSize="large" {said}>{items}</menu>'


def _element(tag: str, name: str, action: str, **said: str) -> str:
    return f"<{tag} {_attributes(id=f'kw_{name}', **said, tag=action, onAction=_CALLBACK)}/>"


def _attributes(**values: str) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())
