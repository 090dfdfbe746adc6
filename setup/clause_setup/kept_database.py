"""The database of ./setup/run: built once, updated when the addons changed."""

import json
from pathlib import Path

from .databases import Databases
from .fingerprint import fingerprint
from .log_check import unexpected
from .paths import ADDONS, CACHE
from .server import Server
from .terminal import say, step

NAME = "clause_insertion"
UNFINISHED = "clause_insertion_unfinished"
CODE = "clause_insertion_setup.code"  # the code that the database was made with
LOGINS = CACHE / "logins.json"
ADMINISTRATOR = {"role": "Administrateur d'Odoo", "login": "admin", "password": "admin", "url": "/odoo"}


def ensure(server: Server, databases: Databases, example: bool) -> None:
    if NAME not in databases.names():
        build(server, databases, example)
    elif databases.parameter(NAME, CODE) != fingerprint():
        with step("The addons changed: updating the database"):
            report(server, server.update(NAME, ADDONS, log="update"))
        databases.set_parameter(NAME, CODE, fingerprint())


def build(server: Server, databases: Databases, example: bool) -> None:
    """Under another name until complete: after an interruption, all over again."""
    databases.create(UNFINISHED)
    with step("A database with both addons, in French (once, about two minutes)"):
        report(server, server.install(UNFINISHED, ADDONS, log="install"))
    LOGINS.unlink(missing_ok=True)
    if example:
        with step("The example Region"):
            server.script("example", UNFINISHED, str(LOGINS), log="example")
    databases.set_parameter(UNFINISHED, CODE, fingerprint())
    databases.rename(UNFINISHED, NAME)


def reset(databases: Databases) -> None:
    for name in (NAME, UNFINISHED):
        databases.drop(name)
    LOGINS.unlink(missing_ok=True)


def report(server: Server, log: Path) -> None:
    """Say what Odoo warned of; somebody installing must not miss it."""
    if found := unexpected(log.read_text(), server.environment):
        say(f"    Odoo warns:{found}")


def logins() -> list[dict[str, str]]:
    example = json.loads(LOGINS.read_text()) if LOGINS.exists() else []
    return [*example, ADMINISTRATOR]


def login_table(url: str) -> str:
    """
    >>> print(as_table([("Role", "Login"), ("Buyer", "ana")]))
      Role   Login
      Buyer  ana
    """
    rows = [("Role", "Login", "Password", "Start page")]
    for one in logins():
        rows.append((one["role"], one["login"], one["password"], url + page(one["url"])))
    return as_table(rows)


def page(address: str) -> str:
    """Only the path: the port is the one of this start."""
    return "/" + address.split("://")[-1].partition("/")[2] if "://" in address else address


def as_table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)
