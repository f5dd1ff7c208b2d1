"""The arguments of a LAMBDA, read as the adapter reads cells (`functions/adapter`).

Each becomes a value under a name of its own: a number, or a column of numbers without blanks. The rules
are the adapter's: a blank leaves an optional argument out and is #VALUE! for a required one; an error comes
out as itself, that of the first argument first; a choice is a word or its number; a range may have a
header and blanks.
"""

from __future__ import annotations

import re

from klantwaarde_xl.functions.adapter.cells import LAST_DAY, NO_ANSWER
from klantwaarde_xl.functions.reserved import RESERVED_NAMES
from klantwaarde_xl.functions.spec import Arg, Kind, Spec

# What Excel takes for a cell (`r` and `c` too), and what an engine confuses with a function
_NO_NAME = re.compile(r"[rckzl]|[rzl]\d*[cks]\d*|[a-z]{1,3}\d+|true|false|waar|onwaar")


def parameter(name: str, functions: frozenset[str]) -> str:
    """The name of a parameter; functions: those of ours, in small letters."""
    taken = _NO_NAME.fullmatch(name) or name in functions or name.upper() in RESERVED_NAMES
    return f"{name}_" if taken else name


def value_name(arg: Arg) -> str:
    """The name of an argument's value."""
    return f"{arg.name}_v"


def single(spec: Spec, arg: Arg, given: str) -> str:
    """A number, date or choice, of one cell or of each cell of a range; given: the parameter's name."""
    if arg.choices:
        known = "+".join(f"({given}+0={choice.code})" for choice in arg.choices)
        read = f"IF({known}>0,{given}+0,#NUM!)"
        for choice in reversed(arg.choices):
            read = f'IF(TRIM({given})="{choice.word}",{choice.code},{read})'
    elif arg.kind is Kind.DATE:
        read = f"IF({_number_as_text(given)}>0,#VALUE!,IF({given}+0>{LAST_DAY},#VALUE!,{given}+0))"
    else:
        read = f"{given}+0"
    default = number(spec.defaults[arg.name]) if spec.is_optional(arg) else "#VALUE!"  # left out: empty text
    read = f'IF(TRIM({given})="",{default},{read})'
    return f"IF(ISOMITTED({given}),{default},{read})" if spec.is_optional(arg) else read


def _blank_as_text(cells: str) -> str:
    """Cells of which a blank one is empty text: in an array engines make it nought."""
    return f'IF(LEN({cells})=0,"",{cells})'


def _number_as_text(cells: str) -> str:
    """Above nought where a cell is text without a mark that dates have: `12` is no date."""
    without = cells
    for mark in "-/ ":
        without = f'SUBSTITUTE({without},"{mark}","")'
    return f'({cells}={cells}&"")*({without}={cells}&"")'


def omitted(given: str) -> str:
    """Whether a range is left out: nothing, or one blank cell."""
    return f"IF(ISOMITTED({given}),TRUE,IF(ROWS({given})*COLUMNS({given})=1,SUM(gevuld({given}))=0,FALSE))"


def number(value: float | None) -> str:
    """A number in the notation of files; nothing is empty text."""
    if value is None:
        return '""'
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


# ── ranges ──────────────────────────────────────────────────────────────────────────────────

# Cells that hold something, as 1, others as 0; an error is something
FILLED = ("gevuld", 'LAMBDA(k_,IFERROR((TRIM(k_)<>"")*1,1))')
_SILENT = "".join(f'+(t_="{word}")' for word in sorted(NO_ANSWER))
# Whether a cell can only be a name, and so is a header above numbers: `adapter/cells.is_word`
WORD = (
    "kop",
    (
        "LAMBDA(k_,IF(IFERROR(IF(ISTEXT(k_),IF(ISERROR(k_+0),1,0),0),0)=0,0,LET(t_,LOWER(TRIM(k_)),"
        's_,IF(t_="eur",t_,SUBSTITUTE(t_,"eur","")),'
        "m_,MID(s_,SEQUENCE(MAX(1,LEN(s_))),1),"
        "l_,SUM((1-EXACT(UPPER(m_),LOWER(m_)))*1),"
        f"d_,SUM(IFERROR((m_+0>=0)*1,0)),IF((l_=0)+(l_=1)*(d_>0){_SILENT}>0,0,1))))"
    ),
)


def loose(name: str, given: str) -> tuple[tuple[str, str], ...]:
    """The numbers of a range of any shape: without blanks, and without the words of a header above them.

    Binds `name`: a column of numbers, in which a cell that is no number is #VALUE! and an error itself;
    and `name_n`: how many there are; with none the column is one #N/A. Needs FILLED and WORD.
    """
    rows, filled, first, row, header = (f"{name}_{part}" for part in ("c", "g", "f", "e", "h"))
    body = f"IF({header},DROP({rows},{first}),{rows})"
    return (
        (rows, f"LET(k_,{_blank_as_text(given)},IF(ROWS(k_)=1,TRANSPOSE(k_),k_))"),
        (filled, f"BYROW({rows},LAMBDA(k_,SUM(gevuld(k_))))"),
        (first, f"IFERROR(XMATCH(TRUE,{filled}>0),ROWS({rows}))"),
        (row, f"TOCOL(CHOOSEROWS({rows},{first}))"),
        (
            header,
            (
                f"IF(SUM({filled})*({first}<ROWS({rows}))=0,FALSE,"
                f"SUM(MAP({row},LAMBDA(k_,kop(k_))))=SUM(gevuld({row})))"
            ),
        ),
        (f"{name}_d", f"TOCOL({body})"),
        (f"{name}_n", f"SUM(gevuld({name}_d))"),
        (name, f"IF({name}_n=0,#N/A,FILTER({name}_d,gevuld({name}_d)))+0"),
    )


def columns(spec: Spec, args: tuple[Arg, ...], names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Columns whose rows belong together: without rows in which all are blank, and without a header.

    names: the parameter of each argument. Binds `{arg}_v`: of names the cells as they are, of figures and
    dates numbers, with #VALUE! for a blank and an error as itself; and `rij_n`: how many rows are left,
    with none each column is one #N/A. Needs FILLED and WORD.
    """
    first = args[0]
    bound = [
        (f"{arg.name}_c", f"TOCOL({_blank_as_text(names[arg.name])})")
        for arg in args
        if not spec.is_optional(arg)
    ]
    for arg in args:
        if spec.is_optional(arg):  # weights: left out they are equal
            given, like = names[arg.name], f"{first.name}_c"
            bound.append((f"{arg.name}_o", omitted(given)))
            bound.append(
                (
                    f"{arg.name}_c",
                    f'IF({arg.name}_o,IF(gevuld({like})=1,1,""),TOCOL({_blank_as_text(given)}))',
                )
            )
    unequal = "+".join(f"(ROWS({first.name}_c)<>ROWS({arg.name}_c))" for arg in args[1:]) or "0"
    unequal = f"0+{unequal}"  # a comparison by itself is no number
    filled = "+".join(f"gevuld({arg.name}_c)" for arg in args)
    words = "*".join(_is_word(spec, arg) for arg in args)
    has_header = any(arg.kind is not Kind.KEYS for arg in args)
    bound.append(("rij_g", f"IF({unequal}>0,#VALUE!,(({filled})>0)*1)"))
    bound.append(("rij_f", f"IFERROR(XMATCH(1,rij_g),ROWS({first.name}_c))"))
    header = f"IF(SUM(rij_g)*(rij_f<ROWS({first.name}_c))=0,0,IF({words}=1,rij_f,0))"
    bound.append(("rij_h", header if has_header else "0"))
    bound.append(("rij_k", f"rij_g*(SEQUENCE(ROWS({first.name}_c))>rij_h)"))
    bound.append(("rij_n", "SUM(rij_k)"))
    for arg in args:
        kept = f"IF(rij_n=0,#N/A,FILTER({arg.name}_c,rij_k))"
        bound.append((f"{arg.name}_k", kept))
        value = f"{arg.name}_k" if arg.kind is Kind.KEYS else f"{arg.name}_k+0"
        if arg.kind is Kind.DATES:
            no_date = f"{_number_as_text(f'{arg.name}_k')}+({value}>{LAST_DAY})"
            value = f"IF({no_date}>0,#VALUE!,IF({value}<1,#NUM!,{value}))"
        bound.append((value_name(arg), f'IF(TRIM({arg.name}_k)="",#VALUE!,{value})'))
    return tuple(bound)


def _is_word(spec: Spec, arg: Arg) -> str:
    word = f"kop(INDEX({arg.name}_c,rij_f))"
    return f"IF({arg.name}_o,1,{word})" if spec.is_optional(arg) else word


def blocks(spec: Spec, args: tuple[Arg, ...], names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Blocks of numbers without blanks; those of equal height are judged together, row by row.

    Rows above the first and below the last that hold anything do not count, and neither does a header. A
    block of weights that is left out is ones, as many as the required block before it in its place. Binds
    each argument's value, with #VALUE! for a blank and for weights of another shape. Needs FILLED and WORD.
    """
    short = {arg.name: f"m{at}" for at, arg in enumerate(args)}  # what stands between has short names
    required = [arg for arg in args if not spec.is_optional(arg)]
    like = {short[arg.name]: one for arg, one in zip(filter(spec.is_optional, args), required, strict=False)}
    bound: list[tuple[str, str]] = []
    for arg in args:
        given, name = names[arg.name], short[arg.name]
        cells = _blank_as_text(given)
        if name in like:
            bound.append((f"{name}_o", omitted(given)))
            cells = f"IF({name}_o,#N/A,{cells})"
        bound.append((f"{name}_c", cells))
        bound.append((f"{name}_g", f"BYROW({name}_c,LAMBDA(k_,SUM(gevuld(k_))))"))
    for name in short.values():
        others = [one for one in short.values() if one != name]
        beside = [f"IF({_same_height(one, name, like)},{one}_g,0)" for one in others]
        bound.append((f"{name}_j", "+".join([f"{name}_g", *beside])))
        bound.append((f"{name}_f", f"IFERROR(XMATCH(TRUE,{name}_j>0),0)"))
        row = f"CHOOSEROWS({name}_c,MAX(1,{name}_f))"
        bound.append((f"{name}_w", f"(SUM(MAP({row},LAMBDA(k_,kop(k_))))=COLUMNS({name}_c))*1"))
    for arg in args:
        name = short[arg.name]
        others = [one for one in short.values() if one != name]
        words = [f"{name}_w", *(f"IF({_same_height(one, name, like)},{one}_w,1)" for one in others)]
        bound.append((f"{name}_h", f"IF({name}_f*({name}_f<ROWS({name}_c))=0,0,{'*'.join(words)})"))
        kept = (
            f"LET(k_,SEQUENCE(ROWS({name}_c)),IF(SUM({name}_j)=0,{name}_c,"
            f"FILTER({name}_c,(k_>={name}_f+{name}_h)*(k_<=MAX(({name}_j>0)*k_)))))"
        )
        bound.append((f"{name}_b", kept))
        value = f'IF(TRIM({name}_b)="",#VALUE!,{name}_b+0)'
        if name in like:
            same = value_name(like[name])
            other = f"(ROWS({name}_b)<>ROWS({same}))+(COLUMNS({name}_b)<>COLUMNS({same}))"
            value = f"IF({name}_o,0*{same}+1,IF({other}>0,0*SUM({name}_b)+#VALUE!,{value}))"
        bound.append((value_name(arg), value))
    return tuple(bound)


def _same_height(one: str, other: str, like: dict[str, Arg]) -> str:
    """Whether two blocks are given and of equal height."""
    left_out = "".join(f"+({name}_o*1)" for name in (one, other) if name in like)
    return f"IF(0{left_out}>0,FALSE,ROWS({one}_c)=ROWS({other}_c))"
