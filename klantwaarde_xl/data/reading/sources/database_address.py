"""The address of a database on a server, and the password for it, which is never shown."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from klantwaarde_xl.errors import UsageError

PASSWORD = "KLANTWAARDE_WACHTWOORD"  # noqa: S105  (the name of the variable)
SERVICE = "klantwaarde"  # in the computer's keyring
SCHEMES = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "mariadb": "mariadb",
    "mysql": "mariadb",
}
_EXAMPLE = "Zo ziet het eruit: postgresql://gebruiker@server/database#tabel"


@dataclass(frozen=True)
class Address:
    """Where a database is: user, host and port may be empty, for the driver's own.

    password: from the address itself, mostly empty; options: what stands behind a `?`.
    """

    scheme: str
    user: str
    host: str
    port: int | None
    database: str
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def account(self) -> str:
        """Whose password it is, as the keyring knows it: `gebruiker@server`."""
        return f"{self.user}@{self.host or 'localhost'}"

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{host}{port}/{self.database}"


def address_of(word: str) -> Address:
    """Read an address like `postgresql://gebruiker@server:5432/winkel?sslmode=require`.

    Raises `UsageError` for one without a database, or that is no address; a password in it stays unseen.
    """
    scheme = word.partition(":")[0].lower()
    if not word.startswith("://", len(scheme)):  # a Path has taken one of the slashes
        raise UsageError(
            "In dit adres ontbreekt een schuine streep, of het is als Path gegeven.",
            remedy=f"{_EXAMPLE}. In Python is het een tekst.",
        )
    try:
        parts = urlsplit(word)
        port = parts.port
    except ValueError:
        raise UsageError(
            "Dit adres van een database is niet te lezen.",
            remedy=f"{_EXAMPLE}. Tekens als @, / en : in een wachtwoord schrijft u als %40, %2F en %3A.",
        ) from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    in_options = options.pop("password", "")
    database = unquote(parts.path.strip("/"))
    if not database:
        raise UsageError("In dit adres staat geen database.", remedy=_EXAMPLE + ".")
    return Address(
        scheme,
        unquote(parts.username or ""),
        unquote(parts.hostname or ""),
        port,
        database,
        unquote(parts.password or "") or in_options,
        options,
    )


def password_of(address: Address, own: str = "") -> str | None:
    """The password for an address: its own, from the environment or the keyring; None: the driver knows.

    own: the variable in which the driver itself looks.
    """
    if given := address.password or os.environ.get(PASSWORD):
        return given
    if not address.user or (own and os.environ.get(own)):
        return None
    return _from_keyring(address)


def _from_keyring(address: Address) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, address.account)
    except KeyringError:  # a server or container without a keyring
        return None


def password_advice(address: Address) -> str:
    """What to do about a password that is missing or wrong (Dutch)."""
    return (
        f"Controleer gebruiker en wachtwoord. Zet het wachtwoord in de omgevingsvariabele {PASSWORD}, "
        f"of bewaar het met: keyring set {SERVICE} {address.account}"
    )
