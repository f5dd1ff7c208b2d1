"""What every worker needs and one makes: kept in the folder that workers of one run have in common."""

import os
import uuid


def made_once(tmp_path_factory, name, make):
    """Bytes of that name: made, or as another worker left them; two who make them at once make the same."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / f"gemaakt {name}"
    if not path.exists():
        fresh = path.with_name(f"{path.name} {uuid.uuid4().hex}")
        fresh.write_bytes(make())
        fresh.replace(path)
    return path.read_bytes()
