"""Which libraries a program or library of Windows asks for when it loads: its table of imports (PE format)."""

from struct import iter_unpack, unpack_from


def imports(data):
    """The names, as they stand there; none in a file that is no program."""
    if data[:2] != b"MZ":
        return []
    (start,) = unpack_from("<I", data, 0x3C)
    sections, header = unpack_from("<H12xH", data, start + 6)
    optional = start + 24
    directory = optional + (112 if data[optional : optional + 2] == b"\x0b\x02" else 96) + 8
    (table,) = unpack_from("<I", data, directory)
    if not table:
        return []
    layout = [unpack_from("<4I", data, optional + header + 40 * n + 8) for n in range(sections)]

    def place(address):
        return next(
            address - at + where for size, at, held, where in layout if at <= address < at + max(size, held)
        )

    names = []
    first = place(table)
    for *_, name, _ in iter_unpack("<5I", data[first : first + (len(data) - first) // 20 * 20]):
        if not name:
            return names
        names.append(data[place(name) : data.index(b"\0", place(name))].decode("ascii"))
    return names
