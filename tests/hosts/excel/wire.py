"""Cells as JSON, for the interpreters that run xlwings as Windows and as a server would."""

import datetime as dt
import json
import os
import subprocess
import sys
import traceback

from klantwaarde_xl.errors import BY_TEXT, CellError
from klantwaarde_xl.hosts.excel.functions import SENTINELS
from klantwaarde_xl.plan.plan import ChartWrite, NameWrite, Plan, TableWrite

_BY_SENTINEL = {sentinel: error for error, sentinel in SENTINELS.items()}


def encode(value):
    """Lists and cells as JSON; what JSON does not know becomes {kind: text}."""
    if isinstance(value, (list, tuple)):
        return [encode(one) for one in value]
    if isinstance(value, CellError):
        return {"error": value.text}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    return value


def decode(value):
    if isinstance(value, list):
        return [decode(one) for one in value]
    if isinstance(value, dict) and "error" in value:
        return BY_TEXT[value["error"]]
    if isinstance(value, dict) and "date" in value:
        return dt.datetime.fromisoformat(value["date"])
    return value


def plan(tables, names, charts=()):
    """A plan from its JSON: tables with their rows, values by name, charts to hide or show."""
    return Plan(
        tuple(TableWrite(t["table"], t["columns"], decode(t["rows"]), t["key"]) for t in tables),
        tuple(NameWrite(name, decode(value)) for name, value in names.items()),
        charts=tuple(ChartWrite(*chart) for chart in charts),
    )


def errors(value):
    """The error values of a result in place of the texts that stand for them."""
    if isinstance(value, list):
        return [errors(one) for one in value]
    return _BY_SENTINEL.get(value, value) if isinstance(value, str) else value


class Interpreter:
    """Another Python, which answers one line of JSON with one line of JSON."""

    def __init__(self, module, **environment):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("XLWINGS")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**clean, **environment},
        )

    def ask(self, **question):
        print(json.dumps(question), file=self._process.stdin, flush=True)
        reply = json.loads(self._process.stdout.readline())
        assert "died" not in reply, reply["died"]
        return reply

    def close(self):
        with self._process:
            self._process.stdin.close()
            self._process.wait(timeout=20)


def answer(**verbs):
    """Answer questions from standard input until it ends."""
    replies, sys.stdout = sys.stdout, sys.stderr  # xlwings prints
    for line in sys.stdin:
        question = json.loads(line)
        try:
            reply = verbs[question.pop("verb")](**question)
        except Exception:
            reply = {"died": traceback.format_exc()}
        print(json.dumps(reply, allow_nan=False), file=replies, flush=True)
