"""The manual of the functions as a page that any browser shows, without a network."""

from __future__ import annotations

from itertools import pairwise

from markdown_it import MarkdownIt

from klantwaarde_xl.functions.manual import manual

_HEAD = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Klantwaarde XL: functies</title><style>
body { font: 16px/1.5 Calibri, Carlito, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; } td, th { border: 1px solid #ccc; padding: .2em .5em; text-align: left; }
code { background: #f3f3f3; }
</style></head><body>
"""


def manual_page() -> str:
    """The manual as HTML; a heading can be linked to by its text in small letters, as in the Markdown."""
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(manual())
    for opened, text in pairwise(tokens):
        if opened.type == "heading_open":
            opened.attrSet("id", text.content.lower())
    body = reader.renderer.render(tokens, reader.options, {})
    return f"{_HEAD}{body}</body></html>\n"
