"""The worker process: its messages, its manners on the pipes, and Calc's recovery from its death."""

import io
import pickle
import shutil
import struct
import subprocess
import sys
import textwrap

import pytest

import klantwaarde_xl
from klantwaarde_xl.errors import CellError, DataError, error_of
from klantwaarde_xl.hosts.libreoffice import worker
from klantwaarde_xl.hosts.libreoffice.component import wire
from klantwaarde_xl.plan.plan import NameWrite, Plan
from tests.hosts.libreoffice.calc import Calc

OVER = "nl.klantwaarde:over"
EMPTY = {"names": {}, "tables": {}}


def converse(*requests, **options):
    """The worker's answers to some requests, its hello first."""
    incoming, outgoing = io.BytesIO(), io.BytesIO()
    for request in requests:
        wire.send(incoming, request)
    incoming.seek(0)
    worker.serve(incoming, outgoing, **options)
    outgoing.seek(0)
    return [wire.receive(outgoing) for _ in range(len(requests) + 1)]


def script(folder, text):
    path = folder / "worker_script.py"
    path.write_text(textwrap.dedent(text))
    return path


# ── messages ────────────────────────────────────────────────────────────────────────────────


def test_the_worker_first_says_who_it_is():
    (hello,) = converse()
    assert hello["version"] == klantwaarde_xl.__version__
    assert hello["python"] == ".".join(map(str, sys.version_info[:3]))


def test_a_call_answers_with_rows():
    assert converse(("call", "KLANTWAARDE", [500.0, 2.0, 200.0]))[1] == ((800.0,),)
    assert converse(("call", "AOV", [((10.0,), (20.0,)), 2.0]))[1] == ((5.0,), (10.0,))


def test_an_error_crosses_the_pipe_as_the_nan_that_calc_shows():
    ((value,),) = converse(("call", "AOV", [1.0, 0.0]))[1]
    assert error_of(value) is CellError.DIV0
    ((value,),) = converse(("call", "NPS", [((9.0,), (CellError.REF.nan,))]))[1]
    assert error_of(value) is CellError.REF


def test_a_function_this_version_does_not_know_is_a_name_error():
    ((value,),) = converse(("call", "BESTAATNIET", []))[1]
    assert error_of(value) is CellError.NAME


def test_a_message_cannot_name_a_class():
    body = pickle.dumps(DataError("x"))
    with pytest.raises(pickle.UnpicklingError, match="DataError"):
        wire.receive(io.BytesIO(struct.pack("<Q", len(body)) + body))


@pytest.mark.parametrize("length", [0, 3, 8, 12])
def test_a_message_cut_short_is_the_end(length):
    stream = io.BytesIO()
    wire.send(stream, ("call", "NPS", []))
    with pytest.raises(EOFError):
        wire.receive(io.BytesIO(stream.getvalue()[:length]))


def test_a_plan_answers_a_refresh():
    def refresh(contents, *, now):
        return Plan(names=(NameWrite("kw_a", contents.names["kw_a"] + 1),))

    answer = converse(("refresh", {"names": {"kw_a": 1.0}, "tables": {}}), refresh=refresh)[1]
    verdict, plan = answer
    assert (verdict, plan["tables"], plan["names"]) == ("plan", [], [("kw_a", 2.0)])


def test_a_refusal_keeps_its_place_and_remedy():
    def refresh(contents, *, now):
        raise DataError("Leeg.", where="a.csv", remedy="Vul het bestand.")

    assert converse(("refresh", EMPTY), refresh=refresh)[1] == (
        "refused",
        "Leeg.",
        "a.csv",
        "Vul het bestand.",
    )


def test_a_bug_in_a_refresh_is_told_and_does_not_end_the_worker():
    def refresh(contents, *, now):
        raise ZeroDivisionError("oei")

    answers = converse(("refresh", EMPTY), ("call", "AOV", [1.0, 1.0]), refresh=refresh)
    assert "ZeroDivisionError: oei" in answers[1][1]
    assert answers[2] == ((1.0,),)


# ── the process ─────────────────────────────────────────────────────────────────────────────


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
def test_the_worker_ends_when_its_libreoffice_does():
    process = start("-P", "-m", worker.__name__)
    assert wire.receive(process.stdout)["version"] == klantwaarde_xl.__version__
    _, complaints = process.communicate(timeout=20)
    assert (process.returncode, complaints) == (0, b"")


@pytest.mark.slow
def test_what_a_library_prints_does_not_reach_the_messages(tmp_path):
    noisy = script(
        tmp_path,
        """
        import os
        from klantwaarde_xl.hosts.libreoffice import worker
        from klantwaarde_xl.plan.plan import Plan

        def refresh(contents, *, now):
            print("hallo")
            os.system("echo hallo; cat")
            return Plan()

        worker.serve(*worker.claim_pipes(), refresh=refresh)
        """,
    )
    process = start(noisy)
    wire.receive(process.stdout)
    wire.send(process.stdin, ("refresh", EMPTY))
    verdict, plan = wire.receive(process.stdout)
    assert (verdict, plan["tables"], plan["names"]) == ("plan", [], [])
    rest, complaints = process.communicate(timeout=20)
    assert rest == b""
    assert complaints.count(b"hallo") == 2


@pytest.mark.slow
def test_a_call_that_takes_too_long_ends_the_process(tmp_path):
    slow = script(
        tmp_path,
        """
        import time
        from klantwaarde_xl.hosts.libreoffice import worker

        worker.LONGEST_CALL = 0.1
        worker.compute = lambda *_: time.sleep(60)
        worker.serve(*worker.claim_pipes())
        """,
    )
    process = start(slow)
    wire.receive(process.stdout)
    wire.send(process.stdin, ("call", "AOV", []))
    process.stdin.close()
    with pytest.raises(EOFError):
        wire.receive(process.stdout)
    assert process.wait(20) == 3
    process.stdout.close()
    process.stderr.close()


# ── Calc and the worker ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def formula(calc, sheet, worker_python):
    """A sheet with one formula, and the real worker back afterwards: Calc waits after a start that failed."""
    calc.write(sheet, cells=[["A1", "formula", "=AOV(10;4)"]])
    yield sheet
    worker_python.use()
    _, message = calc.dispatch(sheet, command=OVER)  # tries again at once
    assert "Oplossing" not in message


@pytest.mark.slow
def test_a_worker_that_was_killed_comes_back(calc, formula, worker_python):
    first = worker_python.pid
    worker_python.end()
    calc.recalculate(formula)
    assert calc.cells(formula, "A1") == 2.5
    assert worker_python.pid != first


@pytest.mark.slow
def test_a_call_that_kills_the_worker_twice_is_a_value_error(calc, formula, worker_python, tmp_path):
    deadly = script(
        tmp_path,
        """
        import os
        from klantwaarde_xl.hosts.libreoffice import worker

        compute = worker.compute
        worker.compute = lambda name, cells: os._exit(1) if name == "AOV" else compute(name, cells)
        worker.serve(*worker.claim_pipes())
        """,
    )
    worker_python.use(deadly)
    calc.write(formula, cells=[["A2", "formula", "=CAC(100;4)"]])
    calc.recalculate(formula)
    assert calc.cells(formula, "A1:A2") == [[CellError.VALUE], [25.0]]


@pytest.mark.slow
def test_without_its_interpreter_calc_says_why_and_what_to_do(calc, formula, worker_python):
    worker_python.remove()
    calc.recalculate(formula)
    assert calc.cells(formula, "A1") is CellError.NAME
    done, message = calc.dispatch(formula, command=OVER)
    assert done
    assert "Python is niet gevonden of start niet" in message
    assert f"Waar: {worker_python.path}" in message
    assert "KLANTWAARDE_PYTHON" in message
    done, message = calc.dispatch(formula, command="nl.klantwaarde:ververs")
    assert not done
    assert "Python is niet gevonden" in message
    worker_python.use()  # over tries again at once, and with it the cells
    calc.dispatch(formula, command=OVER)
    calc.recalculate(formula)
    assert calc.cells(formula, "A1") == 2.5


def test_an_interpreter_without_the_package_shows_its_own_complaint(calc, formula, worker_python, tmp_path):
    worker_python.use(script(tmp_path, "raise ImportError('geen klantwaarde_xl hier')"))
    _, message = calc.dispatch(formula, command=OVER)
    assert "geen klantwaarde_xl hier" in message
    assert "python -m pip install" in message


@pytest.mark.slow
def test_over_shows_the_versions_and_the_interpreter(calc, formula, worker_python):
    _, message = calc.dispatch(formula, command=OVER)
    assert f"Klantwaarde XL {klantwaarde_xl.__version__}" in message
    assert str(worker_python.path) in message
    assert "Oplossing" not in message


@pytest.mark.slow
def test_over_says_so_when_the_versions_differ(calc, formula, worker_python, tmp_path):
    other = script(
        tmp_path,
        """
        import klantwaarde_xl
        klantwaarde_xl.__version__ = "9.9"
        from klantwaarde_xl.hosts.libreoffice import worker
        worker.main()
        """,
    )
    worker_python.use(other)
    _, message = calc.dispatch(formula, command=OVER)
    assert f"extensie is van versie {klantwaarde_xl.__version__}, de rekenmachine van 9.9" in message


@pytest.mark.slow
def test_an_environment_variable_overrides_the_recorded_interpreter(
    calc_host, calc_profile, worker_python, tmp_path
):
    shutil.copytree(calc_profile, tmp_path / "profile", ignore=shutil.ignore_patterns(".lock"))
    # PYTHONHOME is what LibreOffice sets for its own Python; the worker must not inherit it.
    other = tmp_path / "andere python"
    other.write_text(f'#!/bin/sh\n[ -z "$PYTHONHOME$PYTHONPATH" ] && exec \'{sys.executable}\' "$@"\n')
    other.chmod(0o755)
    calc = Calc(*calc_host, tmp_path / "profile", KLANTWAARDE_PYTHON=str(other), PYTHONPATH=str(tmp_path))
    try:
        document = calc.new()
        calc.write(document, cells=[["A1", "formula", "=AOV(10;4)"]])
        assert calc.cells(document, "A1") == 2.5
        assert str(other) in calc.dispatch(document, command=OVER)[1]
    finally:
        calc.stop()
