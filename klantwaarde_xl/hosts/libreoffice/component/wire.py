"""Messages between LibreOffice's Python and the product's own: a length, then a pickle.

The two Pythons may be of different versions, so marshal is out; JSON forgets which error a NaN
stands for. A pickle of a fixed protocol is read by both, keeps every bit of a float and is fast.
Neither side resolves a class while reading, so a message can hold nothing but plain values.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import IO, Any

PICKLE_PROTOCOL = 4
_LENGTH = struct.Struct("<Q")


class Plain(pickle.Unpickler):
    """Reads numbers, text, None, booleans, tuples, lists and dicts; refuses all else."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Refuse to import anything on behalf of a message."""
        raise pickle.UnpicklingError(f"a message names {module_name}.{global_name}")


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message; OSError when the other side is gone."""
    body = pickle.dumps(message, PICKLE_PROTOCOL)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; EOFError when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(head)
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return Plain(io.BytesIO(body)).load()
