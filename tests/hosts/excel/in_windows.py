"""What Excel's VBA does, without Excel: let xlwings' own DLL start Python, and ask the object that it hands over.

Run by Windows' Python. Reads a question as JSON from the file named first and writes the answer to the second:
the command that starts Python, how often to ask for it, code to run in it first, calls [module, function, arguments].
"""

import ctypes
import json
import os
import sys
from pathlib import Path

import pythoncom
import win32com.client
from pywintypes import com_error


class Variant(ctypes.Structure):
    _fields_ = [
        ("vt", ctypes.c_ushort),
        ("r", ctypes.c_ushort * 3),
        ("p", ctypes.c_void_p),
        ("q", ctypes.c_void_p),
    ]


def activate(dll, command):
    """The object that the DLL hands over, or what it says."""
    found = Variant()
    code = dll.XLPyDLLActivateAuto(ctypes.byref(found), ctypes.c_char_p(command.encode("mbcs")), 1)
    if code:
        return None, ctypes.wstring_at(found.p)
    return win32com.client.Dispatch(pythoncom.ObjectFromAddress(found.p, pythoncom.IID_IDispatch)), ""


def as_com(value):
    """An argument as Excel hands it over: rows as tuples, every number a float."""
    if isinstance(value, list):
        return tuple(as_com(one) for one in value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def answered(server, module, function, args):
    try:
        return {"value": server.CallUDF(module, function, [as_com(one) for one in args])}
    except com_error as error:
        return {"raised": str(error)}


def main(question, answer):
    asked = json.loads(Path(question).read_text(encoding="utf-8"))
    here = Path(sys.executable).parent
    (library,) = here.glob("xlwings64-*.dll")
    dll = ctypes.WinDLL(str(library))
    said, servers = "", []
    for _ in range(asked["times"]):
        server, said = activate(dll, asked["command"])
        servers += [server] if server is not None else []
    for code in asked["first"]:
        servers[0].Exec(code)
    told = {
        "said": said,
        "processes": [one.Str(one.Eval("__import__('os').getpid()")) for one in servers],
        "programs": [one.Str(one.Eval("__import__('sys').executable")) for one in servers],
        "answers": [answered(servers[0], *call) for call in asked["calls"]],
        "last": servers[0].Str(servers[0].Eval(asked["last"])) if asked["last"] else "",
    }
    Path(answer).write_text(json.dumps(told), encoding="utf-8")
    for one in servers[:1]:
        one.Exec("import threading, os; threading.Timer(0.5, os._exit, [0]).start()")


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.stdout.flush()
    os._exit(0)  # the DLL keeps hold of what it started
