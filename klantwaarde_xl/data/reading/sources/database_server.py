"""What servers of databases have in common: how long we wait, and what may go wrong, in words."""

from __future__ import annotations

from enum import Enum

from klantwaarde_xl.data.reading.sources.database_address import Address, password_advice
from klantwaarde_xl.errors import FileUnreadable

WAIT = 10  # seconds for a connection
TIMEOUT = 600  # seconds for one answer of the server


class ServerFault(Enum):
    """What went wrong with a server: what happened, and what to do about it (Dutch).

    An empty remedy is about the password.
    """

    UNREACHABLE = (
        "De server van de database is niet te bereiken.",
        "Controleer de naam van de server en de poort, of de server aan staat, en uw netwerk of VPN.",
    )
    ADDRESS = (
        "Wat achter het ? in dit adres staat, kan niet.",
        "Laat het weg, of gebruik een naam die de database kent, zoals sslmode=require.",
    )
    PASSWORD = ("De server laat deze gebruiker met dit wachtwoord niet toe.", "")
    NO_DATABASE = (
        "Deze database is er niet op de server.",
        "Controleer de naam achter de laatste / van het adres.",
    )
    NO_TABLE = ("De vraag noemt een tabel die er niet is.", "Verbeter de naam in de vraag achter het #.")
    NO_COLUMN = ("De vraag noemt een kolom die er niet is.", "Verbeter de naam in de vraag achter het #.")
    NO_RIGHTS = (
        "Deze gebruiker mag deze gegevens niet lezen.",
        "Vraag de beheerder om leesrechten, of kies een andere tabel.",
    )
    SYNTAX = (
        "De vraag is geen goede SQL.",
        "Verbeter de vraag achter het #; het moet één select zijn.",
    )
    WRITES = (
        "De vraag wil iets veranderen in de database, en dat mag hier niet.",
        "Zet er een select achter het # die alleen leest.",
    )
    TOO_LONG = (
        "De server deed er te lang over of brak de vraag af.",
        "Vraag minder rijen of kolommen, met een select achter het #.",
    )
    LOST = (
        "De verbinding met de database viel weg; er is niets half gelezen.",
        "Probeer het opnieuw; blijft het gebeuren, vraag dan de beheerder of lees een export.",
    )
    OTHER = (
        "De database geeft deze gegevens niet.",
        "Lees wat de server zegt, verbeter de vraag achter het #, of vraag de beheerder.",
    )

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy


def told(fault: ServerFault, address: Address, said: str) -> FileUnreadable:
    """The error for what went wrong; said: the words of the server or its driver."""
    own = f" (melding: {said.strip()})" if said.strip() else ""
    return FileUnreadable(
        f"{fault.what.removesuffix('.')}{own}.",
        where=str(address),
        remedy=fault.remedy or password_advice(address),
    )


def no_driver(product: str, where: str) -> FileUnreadable:
    """The error for a computer on which the driver of a database is not installed."""
    return FileUnreadable(
        f"Voor {product} is een stuurprogramma nodig dat niet is geïnstalleerd.",
        where=where,
        remedy='Installeer het met: pip install "klantwaarde-xl[databases]", in de map van Klantwaarde XL '
        'met: pip install ".[databases]"',
    )
