"""The answers of a survey to numbers, each question on a scale of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.naming.candidates import is_by_answers
from klantwaarde_xl.data.reading.naming.headers import plain
from klantwaarde_xl.data.reading.sources.engine import make_rows, sql_texts
from klantwaarde_xl.data.reading.surveys.answers import Answer, is_nothing, read_answer
from klantwaarde_xl.data.reading.surveys.aspect_columns import QUESTION, SCALE
from klantwaarde_xl.data.reading.surveys.aspects import SECOND_HEADER, is_overall
from klantwaarde_xl.data.reading.surveys.scales import NAMES, Found, Scale, find_scale, scale_in, value_on
from klantwaarde_xl.data.tables import Column, Kind
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.sources.text import RawText
    from klantwaarde_xl.data.reading.sources.typed import Typed


_JSON = '{"ImportId"'
# Columns that say which sort of answer a row is, and what they say of a test
_SORTS = frozenset(["status", "responsetype", "distributionchannel", "type", "soort"])
_TESTS = ("survey preview", "survey test", "preview", "test", "testantwoord", "proef")


def read_scores(export: Export, raw: RawText | Typed) -> dict[str, str]:
    """Make the table (rij, v) of a survey's scores, v null for no answer, and fill the column of scales.

    Returns the scale of each aspect, in words; a table without a column of scores is left as it is. Raises
    `Ambiguous` for a question whose scale nothing says.
    """
    scores = [column for column in export.table.columns if column.kind is Kind.SCORE]
    if not scores:
        return {}
    _leave_out_second_header(export, [column for column in scores if export.has(column.name)])
    _leave_out_tests(export)
    score, *aspects = scores
    given = {column.name: _given(export, column) for column in aspects}
    decided = {find_scale(name, _answers(texts)).scale for name, texts in given.items()} - {None}
    siblings = {scale for scale in decided if scale is not None}
    if export.has(score.name):
        _read_score(export, raw, score, beside=bool(aspects), others_known=bool(siblings))
    else:
        export.con.execute(
            f"create or replace table {export.values(score.name)} as "
            "select rij, cast(null as double) as v from raw where false"
        )
    return {
        column.name: _read_aspect(export, raw, column, given[column.name], siblings) for column in aspects
    }


def _given(export: Export, column: Column) -> list[tuple[str, str, int]]:
    """Each text under an aspect, and how often: (no scale told, text, count)."""
    text = export.shown(column.name)
    rows = export.rows(f"select {text}, count(*) from raw group by all order by all")
    return [("", written, count) for written, count in rows]


def _answers(given: list[tuple[str, str, int]]) -> list[tuple[Answer, int]]:
    read = [(read_answer(text), count) for _, text, count in given if not is_nothing(text)]
    return [(answer, count) for answer, count in read if answer is not None]


def _read_aspect(
    export: Export,
    raw: RawText | Typed,
    column: Column,
    given: list[tuple[str, str, int]],
    siblings: set[Scale],
) -> str:
    """Make the table (rij, v) of one of the questions that stand beside one another; return its scale."""
    known = _of_question(export, raw, column.name, given, siblings, beside=True)
    make_rows(export.con, "known", {"t": "varchar", "v": "double"}, [(text, v) for _, _, text, v, _ in known])
    export.con.execute(
        f"create or replace table {export.values(column.name)} as "
        f"select r.rij, k.v from raw r join known k on k.t = {export.shown(column.name)}"
    )
    export.con.execute("drop table known")
    return next((scale for *_, scale in known if scale), "")


def _read_score(
    export: Export, raw: RawText | Typed, score: Column, *, beside: bool, others_known: bool
) -> None:
    header = export.headers[export.places[score.name]]
    if is_by_answers(header, score) and not is_overall(header) and not export.reading.aspects:
        export.say(
            score.name,
            f"{export.header(score.name)}, om de antwoorden eronder; is het een andere kolom, "
            f"wijs die dan aan met --kolommen {score.name}=…",
        )
    asked, told, text = export.shown(QUESTION), export.shown(SCALE), export.shown(score.name)
    given = export.rows(f"select {asked}, {told}, {text}, count(*) from raw group by all order by all")
    known: list[tuple[str, str, str, int | None, str]] = []
    for question in dict.fromkeys(row[0] for row in given):
        rows = [row[1:] for row in given if row[0] == question]
        known += _of_question(export, raw, question, rows, beside=beside, others_known=others_known)
    con = export.con
    types = {"vraag": "varchar", "op": "varchar", "t": "varchar", "v": "double", "schaal": "varchar"}
    make_rows(con, "known", types, known)
    join = f"raw r {{}} known k on k.vraag = {asked} and k.op = {told} and k.t = {text}"
    con.execute(
        f"create or replace table {export.values(score.name)} as select r.rij, k.v from {join.format('join')}"
    )
    con.execute(
        f"create or replace table scaled as select r.* replace (coalesce(k.schaal, {told}) as "
        f"{export.text(SCALE)}) from {join.format('left join')}"
    )
    con.execute("drop table raw")
    con.execute("alter table scaled rename to raw")
    con.execute("drop table known")


def _leave_out_second_header(export: Export, scores: list[Column]) -> None:
    """SurveyMonkey writes under each question which sort of answer stands below it."""
    words = ", ".join(f"'{word}'" for word in SECOND_HEADER)
    texts = " or ".join(f"lower({export.shown(column.name)}) in ({words})" for column in scores)
    json = " or ".join(f"starts_with({export.shown(column.name)}, '{_JSON}')" for column in scores)
    which = f"(rij = (select min(rij) from raw) and ({texts})) or {json or 'false'}"
    if export.count(f"select count(*) from raw where {which}"):
        export.leave_out(f"select rij from raw where {which}", "een tweede regel met koppen")


def _leave_out_tests(export: Export) -> None:
    """Qualtrics writes what its makers tried among the answers, and a third header as JSON."""
    for place, header in enumerate(export.headers):
        if plain(header) in _SORTS:
            cell = f"lower(trim(coalesce(cast(c{place} as varchar), '')))"
            export.leave_out(
                f"select rij from lines where {cell} in ({sql_texts(_TESTS)})", "een proef van de enquête"
            )


def _of_question(
    export: Export,
    raw: RawText | Typed,
    question: str,
    given: list[tuple[str, str, int]],
    siblings: set[Scale] | None = None,
    *,
    beside: bool = False,
    others_known: bool = False,
) -> list[tuple[str, str, str, int | None, str]]:
    """Each text that answers a question, with its number and scale: (question, told, text, number, scale).

    beside: others stand beside it, whose scales may differ; siblings: the scales of those that are known,
    which it can have too; others_known: whether there are any.
    """
    about = question or export.headers[export.places["score"]]
    nothing = sum(count for _, text, count in given if is_nothing(text))
    answers = {text: read_answer(text) for _, text, _ in given if not is_nothing(text)}
    counted = [(answers[text], count) for _, text, count in given if answers.get(text)]
    read = [(answer, count) for answer, count in counted if answer is not None]
    own = {told for told, _, _ in given if told}
    scales = {told: _told(told, raw) for told in own}
    if read and ("" in {told for told, text, _ in given if answers.get(text)}):
        if beside:
            scales[""] = _scale_beside(export, raw, about, read, siblings or set(), others_known=others_known)
        else:
            scales[""] = _scale(export, raw, about, read, set(scales.values()))
    levels = frozenset(answer.level for answer, _ in read if answer.level is not None)
    found: list[tuple[str, str, str, int | None, str]] = []
    for told, text, _ in given:
        scale, answer = scales.get(told), answers.get(text)
        if is_nothing(text):
            found.append((question, told, text, None, str(scale or "")))
        elif answer is not None and scale is not None:
            value = value_on(scale, answer, levels)
            found += [(question, told, text, value, str(scale))] if value is not None else []
    total = format_number(sum(count for _, count in read), 0)
    empty = f", {format_number(nothing, 0)} zonder antwoord" if nothing else ""
    on = " en ".join(dict.fromkeys(f"van {scale}" for scale in scales.values()))
    export.say("antwoorden", f"{about.strip()!r}: {total} {on}{empty}")
    return found


def _scale(
    export: Export, raw: RawText | Typed, about: str, read: list[tuple[Answer, int]], others: set[Scale]
) -> Scale:
    if (own := _own(export, about)) is not None:
        return own
    if export.reading.scale is not None:
        return NAMES[export.reading.scale]
    header = export.headers[export.places["score"]].strip()
    if scale_in(about) is None and (scale := scale_in(header)) is not None:
        return _found(export, raw, about, Found(scale, f"zoals de kop {header!r} zegt"))
    if len(others) == 1:  # the same question elsewhere says its scale
        return next(iter(others))
    return _found(export, raw, about, find_scale(about, read))


def _scale_beside(
    export: Export,
    raw: RawText | Typed,
    about: str,
    read: list[tuple[Answer, int]],
    siblings: set[Scale],
    *,
    others_known: bool,
) -> Scale:
    """The scale of one of several questions: what the user says holds for those that do not tell theirs."""
    said, found = NAMES.get(export.reading.scale or ""), find_scale(about, read)
    if (own := _own(export, about)) is not None:
        return own
    is_above = said is not None and any((answer.value or 0) > said.high for answer, _ in read)
    tells = scale_in(about) is not None or any(
        answer.level is not None or answer.stars or answer.top for answer, _ in read
    )
    if said is not None and not is_above and (found.scale is None or not tells):
        return said
    if found.scale is None and len(siblings) == 1 and siblings <= set(found.fits):
        found = Found(next(iter(siblings)), "zoals de vragen ernaast")
    # Said of all, it would go before what the answers beside it show
    return _found(
        export, raw, about, found, f"{about.strip()}=" if is_above or siblings or others_known else ""
    )


def _own(export: Export, about: str) -> Scale | None:
    """The scale that the user gave for this question by name."""
    return next((NAMES[one] for name, one in export.reading.scales if plain(name) == plain(about)), None)


def _found(export: Export, raw: RawText | Typed, about: str, found: Found, name: str = "") -> Scale:
    """The scale that was found; raises `Ambiguous` for none. name: for which question alone to give it."""
    if found.scale is not None:
        export.say("schaal", f"{about.strip()!r}: {found.scale} ({found.why})")
        return found.scale
    choices = [one for one, scale in NAMES.items() if scale in found.fits] or list(NAMES)
    fits = " of ".join(str(NAMES[one]) for one in choices)
    filled_in = f" Of vul het in de kolom {SCALE} in: {fits}." if SCALE in export.places else ""
    raise Ambiguous(
        f"Op welke schaal is {about.strip()!r} beantwoord? {found.why[:1].upper()}{found.why[1:]}.",
        where=str(raw.source),
        remedy=f"Zeg het met {' of '.join(f'--schaal {_quoted(name + one)}' for one in choices)}.{filled_in}",
    )


def _told(told: str, raw: RawText | Typed) -> Scale:
    if (scale := scale_in(told)) is not None:
        return scale
    raise Ambiguous(
        f"De schaal {told!r} kennen wij niet.",
        where=f"{raw.source}, kolom {SCALE}",
        remedy=f"Vul in de kolom {SCALE} een van deze in: {', '.join(map(str, NAMES.values()))}.",
    )


def _quoted(word: str) -> str:
    return f'"{word}"' if "=" in word else word
