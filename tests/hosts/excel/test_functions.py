"""Every function through xlwings' own call machinery gives the kernel's value or a real error."""

import datetime as dt
import re

import pytest

from klantwaarde_xl.dutch import date_to_serial
from klantwaarde_xl.errors import CellError
from klantwaarde_xl.functions.adapter.call import call
from klantwaarde_xl.functions.registry import REGISTRY
from klantwaarde_xl.hosts.excel.functions import SENTINELS
from tests.cases import EXAMPLES, FAILURES, by_function, same
from tests.hosts.excel.wire import encode, errors

RFM = REGISTRY["RFM"]
MISSING = {"missing": ""}


def rows_of(arg):
    """An argument as rows of cells: a reference, also to a single cell."""
    rows = arg if isinstance(arg, tuple) else (arg,)
    return [encode(row if isinstance(row, tuple) else (row,)) for row in rows]


def typed(arg):
    """An argument as it comes when it is typed into the formula."""
    if arg is None:
        return MISSING
    return rows_of(arg) if isinstance(arg, tuple) else encode(arg)


def padded(spec, args):
    return [*args, *[None] * (len(spec.args) - len(args))]


def run(classic, spec, args):
    """What VBA gets from CallUDF, with a single row put back in the two dimensions it lost."""
    answer = classic.ask(verb="call", name=spec.name, args=args)
    assert "raised" not in answer, answer
    return errors(answer["value"])


def flat(value):
    return [value] if value and isinstance(value, list) and not isinstance(value[0], list) else value


@pytest.mark.parametrize("cases", by_function(EXAMPLES))
def test_an_example_with_typed_arguments_gives_the_kernels_value(classic, cases):
    for spec, example in cases:
        assert same(
            run(classic, spec, [typed(a) for a in padded(spec, example.args)]), example.result, example.close
        )


@pytest.mark.parametrize("cases", by_function(EXAMPLES))
def test_an_example_with_referenced_cells_gives_the_kernels_value(classic, cases):
    for spec, example in cases:
        assert same(
            run(classic, spec, [rows_of(a) for a in padded(spec, example.args)]),
            example.result,
            example.close,
        )


@pytest.mark.parametrize("cases", by_function(FAILURES))
def test_a_failure_gives_the_text_that_vba_turns_into_its_error(classic, cases):
    for spec, failure in cases:
        args = [rows_of(a) for a in padded(spec, failure.args)]
        answer = classic.ask(verb="call", name=spec.name, args=args)
        assert answer == {"value": SENTINELS[failure.error]}


def by_value(arg):
    """An argument as the add-in's VBA sends it: a date as the number that its cell holds, one cell by itself."""
    if isinstance(arg, tuple):
        rows = [[_number(cell) for cell in (row if isinstance(row, tuple) else (row,))] for row in arg]
        return encode(rows[0][0]) if len(rows) == len(rows[0]) == 1 else [encode(row) for row in rows]
    return encode(_number(arg))


def _number(cell):
    return date_to_serial(cell) if isinstance(cell, dt.date) else cell


@pytest.mark.parametrize("cases", by_function(EXAMPLES))
def test_an_example_as_the_add_in_sends_it_gives_the_kernels_value(classic, cases):
    for spec, example in cases:
        args = [by_value(arg) for arg in padded(spec, example.args)]
        answer = classic.ask(verb="call_by_addin", name=spec.name, args=args)
        assert same(errors(answer["value"]), example.result, example.close)


@pytest.mark.parametrize("cases", by_function(FAILURES))
def test_a_failure_as_the_add_in_sends_it_gives_its_error(classic, cases):
    for spec, failure in cases:
        args = [by_value(arg) for arg in padded(spec, failure.args)]
        answer = classic.ask(verb="call_by_addin", name=spec.name, args=args)
        assert answer == {"value": SENTINELS[failure.error]}


BY_OFFICE_JS = {error.name.capitalize(): error for error in CellError} | {"NotAvailable": CellError.NA}


def _of_office_js(cell):
    """An error object of the client's back to the error; anything else as it is."""
    if not isinstance(cell, dict):
        return cell
    assert cell["type"] == "Error", cell
    return BY_OFFICE_JS[cell["errorType"]]


@pytest.mark.slow
@pytest.mark.parametrize("cases", by_function(EXAMPLES))
def test_server_and_lite_give_the_kernels_value(server, cases):
    for spec, example in cases:
        args = [_as_office_js(a) for a in padded(spec, example.args)]
        got = [
            [_of_office_js(cell) for cell in row]
            for row in server.ask(verb="call", name=spec.name, args=args)["value"]
        ]
        wanted = example.result if isinstance(example.result, (list, tuple)) else [[example.result]]
        assert same(got, wanted, example.close)


@pytest.mark.parametrize("cases", by_function(FAILURES))
def test_server_and_lite_give_a_real_error_value(server, cases):
    for spec, failure in cases:
        args = [_as_office_js(a) for a in padded(spec, failure.args)]
        ((cell,),) = server.ask(verb="call", name=spec.name, args=args)["value"]
        assert cell["type"] == "Error"
        assert cell["errorType"].lower() in ("notavailable", *failure.error.name.lower().split())


def _as_office_js(arg):
    """Cells as JavaScript sends them: dates are numbers, errors objects, blanks empty texts."""
    from klantwaarde_xl.dutch import date_to_serial

    if arg is None:
        return None
    plain = []
    for row in arg if isinstance(arg, tuple) else (arg,):
        cells = row if isinstance(row, tuple) else (row,)
        plain.append([])
        for cell in cells:
            if isinstance(cell, CellError):
                plain[-1].append({"type": "Error", "basicType": "Error", "basicValue": cell.text})
            elif hasattr(cell, "year"):
                plain[-1].append(date_to_serial(cell))
            else:
                plain[-1].append("" if cell is None else cell)
    return plain


def test_a_cell_in_euros_counts_although_com_makes_it_a_decimal(classic):
    spec = REGISTRY["KLANTWAARDE"]
    args = [[[{"euro": "500.0000"}]], [[2]], [[{"euro": "200.0000"}]]]
    blanks = [MISSING] * (len(spec.args) - 3)
    assert run(classic, spec, [*args, *blanks]) == call(spec, (500, 2, 200))


def test_an_empty_cell_for_an_optional_argument_leaves_it_out(classic):
    spec = REGISTRY["KLANTWAARDE"]
    blanks = [[[None]]] * (len(spec.args) - 2)
    assert run(classic, spec, [[[500]], [[2]], *blanks]) == call(spec, (500, 2))


@pytest.mark.parametrize("error", CellError, ids=lambda e: e.name)
def test_an_error_in_an_argument_comes_out_as_the_same_error(classic, error):
    spec = REGISTRY["KLANTWAARDE"]
    answer = classic.ask(verb="call", name=spec.name, args=[[[encode(error)]], 2, *[MISSING] * 2])
    assert errors(answer["value"]) is error


@pytest.mark.parametrize("text", ["€ 1.500,50", "1.500,50", "1500,5"])
def test_text_in_a_cell_is_read_as_a_dutch_number(classic, text):
    spec = REGISTRY["KLANTWAARDE"]
    assert run(classic, spec, [[[text]], 2]) == call(spec, (1500.5, 2))


def test_a_column_gives_a_column_and_a_row_gives_a_row(classic):
    spec = REGISTRY["KLANTWAARDE"]
    assert run(classic, spec, [[[500], [600]], 2]) == [[1000.0], [1200.0]]
    assert run(classic, spec, [[[500, 600]], 2]) == [1000.0, 1200.0]


def test_an_error_in_a_column_stays_in_its_row(classic):
    spec = REGISTRY["KLANTWAARDE"]
    got = run(classic, spec, [[[500], [{"error": "#REF!"}]], 2])
    assert got == [[1000.0], [CellError.REF]]


def test_the_rfm_table_spills_with_its_headers_and_a_row_for_each_customer(classic):
    example = RFM.examples[0]
    got = run(classic, RFM, [rows_of(a) for a in padded(RFM, example.args)])
    assert got[0] == [column.header for column in RFM.columns]
    assert len(got) == 1 + len(set(example.args[0]))
    assert {len(row) for row in got} == {len(RFM.columns)}


@pytest.fixture(scope="session")
def generated(classic):
    return classic.ask(verb="generate")


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.name)
def test_the_vba_that_xlwings_makes_has_every_function_with_its_arguments(generated, spec):
    shown = ", ".join(("Optional " if spec.is_optional(a) else "") + a.name for a in spec.args)
    assert f"\nFunction {spec.name}({shown})\n" in generated["vba"]


def test_the_vba_that_xlwings_makes_has_nothing_else_but_the_macro(generated):
    found = re.findall(r"^(?:Function|Sub) .*", generated["vba"], re.MULTILINE)
    assert len(found) == len(REGISTRY) + 1
    assert "Sub ververs()" in found


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.name)
def test_the_function_wizard_gets_every_description_uncut(generated, spec):
    (options,) = [o for o in generated["options"] if o["macro"].endswith(f"!{spec.name}")]
    assert options["Description"] == spec.doc
    assert options["ArgumentDescriptions"] == [arg.help() for arg in spec.args]
    assert all(len(text) <= 255 for text in (options["Description"], *options["ArgumentDescriptions"]))


def test_server_and_lite_know_every_function_by_its_plain_name(server):
    functions = {f["name"]: f for f in server.ask(verb="meta")["functions"]}
    assert set(functions) == {spec.name for spec in REGISTRY}
    for spec in REGISTRY:
        assert [p["name"] for p in functions[spec.name]["parameters"]] == [a.name for a in spec.args]
