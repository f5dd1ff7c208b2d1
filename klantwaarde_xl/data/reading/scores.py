"""The answers of a survey to numbers, each question on a scale of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantwaarde_xl.data.reading.answers import Answer, is_nothing, read_answer
from klantwaarde_xl.data.reading.export import Export
from klantwaarde_xl.data.reading.headers import is_by_answers
from klantwaarde_xl.data.reading.quality import LeftOut
from klantwaarde_xl.data.reading.scales import NAMES, Scale, find_scale, scale_in, value_on
from klantwaarde_xl.data.tables import Kind
from klantwaarde_xl.dutch import format_number
from klantwaarde_xl.errors import Ambiguous

if TYPE_CHECKING:
    from klantwaarde_xl.data.reading.text import RawText
    from klantwaarde_xl.data.reading.typed import Typed

QUESTION, SCALE = "vraag", "schaal"  # columns of a table with scores: what was asked, and its scale


def read_scores(export: Export, raw: RawText | Typed) -> None:
    """Make the table (rij, v) of a survey's scores, v null for no answer, and fill the column of scales.

    A table without a column of scores is left as it is. Raises `Ambiguous` for a question whose scale
    nothing says.
    """
    score = next((column for column in export.table.columns if column.kind is Kind.SCORE), None)
    if score is None:
        return
    if is_by_answers(export.headers[export.places[score.name]], score):
        export.say(
            score.name,
            f"{export.header(score.name)}, om de antwoorden van 0 tot en met 10; is het een andere kolom, "
            f"wijs die dan aan met --kolommen {score.name}=…",
        )
    _leave_out_second_header(export, export.shown(score.name))
    asked, told, text = export.shown(QUESTION), export.shown(SCALE), export.shown(score.name)
    given = export.rows(f"select {asked}, {told}, {text}, count(*) from raw group by all order by all")
    known: list[tuple[str, str, str, int | None, str]] = []
    for question in dict.fromkeys(row[0] for row in given):
        known += _of_question(export, raw, question, [row[1:] for row in given if row[0] == question])
    con = export.con
    con.execute(
        "create or replace table known (vraag varchar, op varchar, t varchar, v double, schaal varchar)"
    )
    if known:
        con.executemany("insert into known values (?, ?, ?, ?, ?)", known)
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


def _leave_out_second_header(export: Export, text: str) -> None:
    """SurveyMonkey writes under each question which sort of answer stands below it."""
    words = "('response', 'open-ended response', 'antwoord')"
    which = f"rij = (select min(rij) from raw) and lower({text}) in {words}"
    if export.count(f"select count(*) from raw where {which}"):
        export.con.execute(f"delete from raw where {which}")
        export.left.append(LeftOut("een tweede regel met koppen", 1))


def _of_question(
    export: Export, raw: RawText | Typed, question: str, given: list[tuple[str, str, int]]
) -> list[tuple[str, str, str, int | None, str]]:
    """Each text that answers a question, with its number and scale: (question, told, text, number, scale)."""
    about = question or export.headers[export.places["score"]]
    nothing = sum(count for _, text, count in given if is_nothing(text))
    answers = {text: read_answer(text) for _, text, _ in given if not is_nothing(text)}
    counted = [(answers[text], count) for _, text, count in given if answers.get(text)]
    read = [(answer, count) for answer, count in counted if answer is not None]
    own = {told for told, _, _ in given if told}
    scales = {told: _told(told, raw) for told in own}
    if read and ("" in {told for told, text, _ in given if answers.get(text)}):
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
    if export.reading.scale is not None:
        return NAMES[export.reading.scale]
    if len(others) == 1:  # the same question elsewhere says its scale
        return next(iter(others))
    found = find_scale(about, read)
    if found.scale is not None:
        export.say("schaal", f"{about.strip()!r}: {found.scale} ({found.why})")
        return found.scale
    choices = [name for name, scale in NAMES.items() if scale in found.fits] or list(NAMES)
    raise Ambiguous(
        f"Op welke schaal is {about.strip()!r} beantwoord? {found.why[:1].upper()}{found.why[1:]}.",
        where=str(raw.source),
        remedy=f"Zeg het met {' of '.join(f'--schaal {name}' for name in choices)}.",
    )


def _told(told: str, raw: RawText | Typed) -> Scale:
    if (scale := scale_in(told)) is not None:
        return scale
    raise Ambiguous(
        f"De schaal {told!r} kennen wij niet.",
        where=f"{raw.source}, kolom {SCALE}",
        remedy=f"Vul in de kolom {SCALE} een van deze in: {', '.join(map(str, NAMES.values()))}.",
    )
