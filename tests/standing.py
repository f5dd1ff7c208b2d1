"""A process that has loaded the modules of a kind, and begins one of that kind for each who asks; see `forked`.

Imports nothing of ours but the kind itself: what it holds counts in the limits of those that it begins.
"""

import contextlib
import importlib
import importlib.util
import io
import json
import os
import signal
import socket
import sys
import traceback


def stand(number, kind, library):
    """Begin processes until nobody can ask any more.

    number: of the socket on which words come, with pipes for input, output and errors; kind: a module or the
    file of one, whose `main` is run; library: what it would load.
    """
    if kind.endswith(".py"):
        spec = importlib.util.spec_from_file_location("kind", kind)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    else:
        module = importlib.import_module(kind)
    importlib.import_module(library)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=number) as asking:
        while True:
            words, pipes, *_ = socket.recv_fds(asking, 4096, 3)
            if not words:
                return
            with contextlib.suppress(ChildProcessError):  # nobody asks how they ended
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            pid = os.fork()
            if not pid:
                asking.close()
                _begin(module, json.loads(words), pipes)
            asking.send(str(pid).encode())
            for one in pipes:
                os.close(one)


def _begin(module, words, pipes):
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for place, one in enumerate(pipes):
            os.dup2(one, place)
            os.close(one)
        sys.argv = [module.__name__, *words]
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(os.fdopen(place, way, closefd=False), encoding="utf-8")
            for place, way in enumerate(("rb", "wb", "wb"))
        )
        try:
            module.main()
        except BaseException as error:
            if not isinstance(error, SystemExit):
                traceback.print_exc()
        for one in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                one.flush()
    finally:
        os._exit(0)
