"""A real PostgreSQL and a real MariaDB on loopback, as pytest fixtures for any test folder.

Each is started in a folder of its own, with data of its own, and is gone afterwards. Without the
programs the tests skip; with KLANTWAARDE_REQUIRE_HOSTS set a missing one is a failure, so a test run that
claims to cover databases does.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

PATIENCE = 60
PASSWORD = "g€heim@woord"
IN_ADDRESS = "g%E2%82%ACheim%40woord"


@dataclass
class Server:
    """A server that runs: its scheme and port, and a way to talk to it as its owner."""

    scheme: str
    port: int
    owner: object
    user: str = "lezer"

    def address(self, part="", *, database="winkel", password=IN_ADDRESS, user="", port=0):
        """An address on it; part: what stands behind the #."""
        secret = f":{password}" if password else ""
        place = f"{user or self.user}{secret}@127.0.0.1:{port or self.port}"
        return f"{self.scheme}://{place}/{database}" + (f"#{part}" if part else "")

    def run(self, *statements, database="winkel"):
        """Run statements as the owner."""
        with contextlib.closing(self.owner(database)) as connection:
            for statement in statements:
                cursor = connection.cursor()
                cursor.execute(statement)
                cursor.close()

    def ask(self, query, database="winkel"):
        """The rows of a query of the owner."""
        with contextlib.closing(self.owner(database)) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return [*cursor.fetchall()]


def free_port():
    """A port of loopback on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL with an empty database winkel and a user who may read it."""
    psycopg = pytest.importorskip("psycopg")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    binaries = found[-1].parent if found else _missing("no PostgreSQL (Debian: postgresql)")
    with _folder("postgres") as folder:
        port, data = free_port(), folder / "data"
        as_postgres = [] if os.getuid() else ["runuser", "-u", "postgres", "--"]
        secret = folder / "wachtwoord"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        made = [*as_postgres, binaries / "initdb", "-D", data, "-U", "eigenaar", "--pwfile", secret,
                "-A", "scram-sha-256", "-E", "UTF8", "--locale", "C", "--no-sync"]  # fmt: skip
        subprocess.run(made, check=True, capture_output=True, cwd="/")
        serve = [*as_postgres, binaries / "postgres", "-D", data, "-p", str(port), "-k", folder, "-F",
                 "-c", "listen_addresses=127.0.0.1", "-c", "timezone=UTC"]  # fmt: skip

        def owner(database):
            return psycopg.connect(
                host="127.0.0.1",
                port=port,
                user="eigenaar",
                password=PASSWORD,
                dbname=database,
                autocommit=True,
            )

        with _served(serve, folder, lambda: owner("postgres"), signal.SIGINT):
            server = Server("postgresql", port, owner)
            server.run(
                f"create user lezer password '{PASSWORD}'", "create database winkel", database="postgres"
            )
            server.run("alter default privileges grant select on tables to lezer")
            yield server


@pytest.fixture(scope="session")
def mariadb():
    """A MariaDB with an empty database winkel and a user who may read it."""
    pymysql = pytest.importorskip("pymysql")
    program, install = shutil.which("mariadbd", path=_SBIN), shutil.which("mariadb-install-db", path=_SBIN)
    if not (program and install):
        _missing("no MariaDB (Debian: mariadb-server)")
    with _folder("mysql") as folder:
        port, data, pipe = free_port(), folder / "data", folder / "mariadb.sock"
        user = [] if os.getuid() else ["--user=mysql"]
        made = [install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal",
                "--skip-test-db", *user]  # fmt: skip
        subprocess.run(made, check=True, capture_output=True, cwd="/")
        serve = [program, "--no-defaults", f"--datadir={data}", f"--socket={pipe}", f"--port={port}",
                 "--bind-address=127.0.0.1", f"--pid-file={folder / 'pid'}", "--skip-name-resolve",
                 "--default-time-zone=+00:00", "--innodb-flush-log-at-trx-commit=0", *user]  # fmt: skip

        def owner(database):
            return pymysql.connect(
                unix_socket=str(pipe), user="root", database=database or None, autocommit=True
            )

        def listens():
            return socket.create_connection(("127.0.0.1", port))

        with _served(serve, folder, listens, signal.SIGTERM):
            server = Server("mariadb", port, owner)
            server.run(
                "create database winkel character set utf8mb4",
                f"create user lezer@'127.0.0.1' identified by '{PASSWORD}'",
                "grant select on winkel.* to lezer@'127.0.0.1'",
                database="",
            )
            yield server


_SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])


@contextlib.contextmanager
def _folder(user):
    """A folder with a short name (that of a socket may have 107 bytes) that the server's user may write."""
    with tempfile.TemporaryDirectory(prefix="kw-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        if not os.getuid():
            shutil.chown(folder, user)
        yield folder


@contextlib.contextmanager
def _served(command, folder, connect, stop):
    """The server while it runs; the signal stop ends it in an orderly way."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*map(str, command)], stdout=log, stderr=log, cwd="/", start_new_session=True
        )
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                connect().close()
                break
            except Exception:
                if process.poll() is not None or time.monotonic() > until:
                    pytest.fail(
                        f"the server does not start:\n{(folder / 'log').read_text(errors='replace')[-2000:]}"
                    )
                time.sleep(0.2)
        yield
    finally:
        os.killpg(process.pid, stop)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)


def _missing(reason):
    if os.environ.get("KLANTWAARDE_REQUIRE_HOSTS"):
        pytest.fail(reason)
    pytest.skip(reason)
