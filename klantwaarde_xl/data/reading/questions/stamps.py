"""Columns of a warehouse that tell of its rows and not of a sale: when these were loaded, keys of a time."""

from __future__ import annotations

import re

_PIPELINES = "fivetran|airbyte|stitch|sdc|dbt|dlt|etl|elt|hevo|meltano|rivery|matillion|datastream"
_DONE = (
    "sync(ed|hronised|hronized)?|ingested|loaded|extracted|emitted|inserted|replicated|exported|imported|refreshed|"
    "updated|modified|changed|edited|geladen|ingelezen|gesynchroniseerd|geimporteerd|geëxporteerd|geexporteerd|"
    "bijgewerkt|gewijzigd|aktualisiert|geändert"
)
_DOING = (
    "load|laad|sync|ingest(ion)?|extract(ion)?|import|export|snapshot|refresh|update|modification|wijzigings?"
)
_WHEN = "at|on|op|am|ts|time|date|dt|datum|tijd|tijdstip|timestamp"
_STAMP = re.compile(
    rf"({_PIPELINES}) .*|(.* )?({_DONE})( ({_WHEN}|date time|datetime))?|"
    rf"(.* )?({_DOING}) ?({_WHEN}|date time|datetime)"
)
_KEY = re.compile(
    "(.* )?(date|time|day|week|month|quarter|year|period|calendar|datum|tijd|dag|maand|jaar|periode|kalender)"
    " ?(key|id|sk|fk|code|nr|dim)( .*)?"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_stamp(header: str) -> bool:
    """Whether a header says when a row was loaded, or changed, and not when something was sold."""
    return _STAMP.fullmatch(_words(header)) is not None


def is_key_of_time(header: str) -> bool:
    """Whether a header is of the key of a table of days or times: `date_key`, `TimeID`, `sold_date_sk`."""
    return _KEY.fullmatch(_words(header)) is not None


def _words(header: str) -> str:
    return " ".join(re.split(r"[\W_]+", _CAMEL.sub(" ", header).casefold().strip("_ .")))
