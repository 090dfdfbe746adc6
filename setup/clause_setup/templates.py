"""Prepared databases that others are copied from.

One holds Odoo's addons that ours depend on: a minute and a half to build, used
until the pins change. The other holds ours as well, until our code changes.
"""

import ast
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .databases import Databases
from .fingerprint import fingerprint
from .locks import alive, exclusive
from .paths import ADDONS, LOGS, REPOSITORY
from .pins import key, pins
from .server import Server
from .terminal import step

KEPT = 3  # templates of each kind: a few branches side by side
BELOW, ABOVE = "template_deps_", "template_addons_"
LANGUAGES = "English, then French"
SCRATCH = re.compile(r"scratch_(\d+)_")


def dependencies() -> list[str]:
    """Odoo's and others' addons that the manifests of ours ask for."""
    wanted = set()
    for name in ADDONS:
        text = (REPOSITORY / name / "__manifest__.py").read_text()
        wanted.update(ast.literal_eval(text)["depends"])
    return sorted(wanted.difference(ADDONS))


def template_below(name: str) -> str:
    """The template with the dependencies, from which one with our addons was made.

    >>> template_below("template_addons_0123456789_abcdefghij")
    'template_deps_0123456789'
    """
    return BELOW + name.removeprefix(ABOVE).partition("_")[0]


@dataclass(frozen=True)
class Templates:
    """The templates of one cluster."""

    server: Server
    databases: Databases

    def with_dependencies(self) -> str:
        python = {group: pins()["python"][group] for group in ("odoo", "addons")}
        name = f"{BELOW}{key(self.server.source, python, dependencies(), LANGUAGES)}"
        with exclusive("templates"):
            if name not in self.databases.names():
                with step("A database with Odoo's own addons (once)"):
                    self._build_dependencies(name)
            self._keep(BELOW, name)
        return name

    def with_addons(self) -> str:
        base = self.with_dependencies()
        name = f"{ABOVE}{base.removeprefix(BELOW)}_{fingerprint()}"
        with exclusive("templates"):
            if name not in self.databases.names():
                with step("A database with both addons (again after each change of theirs)"):
                    self._build_addons(base, name)
            self._keep(ABOVE, name)
        return name

    def install_log(self, template: str) -> Path:
        return LOGS / f"{template}.log"

    def _build_dependencies(self, name: str) -> None:
        """Under another name until complete: an interrupted one is never used."""
        unfinished = self._scratch_name()
        self.databases.create(unfinished)
        self.server.install(unfinished, dependencies(), log=name)
        self.server.add_french(unfinished, log=f"{name}-french")
        self.server.script("bundles", unfinished, log=f"{name}-bundles")
        self.databases.rename(unfinished, name)

    def _build_addons(self, base: str, name: str) -> None:
        unfinished = self._scratch_name()
        self.databases.copy(base, unfinished)
        self.server.install(unfinished, ADDONS, log=name)
        self.server.script("bundles", unfinished, log=f"{name}-bundles")
        self.databases.rename(unfinished, name)

    @contextmanager
    def scratch(self, template: str) -> Iterator[str]:
        """A copy of a template that is dropped at the end, whatever happens."""
        self._forget_abandoned()
        name = self._scratch_name()
        self.databases.copy(template, name)
        try:
            yield name
        finally:
            self.databases.drop(name)

    @staticmethod
    def _scratch_name() -> str:
        return f"scratch_{os.getpid()}_{secrets.token_hex(3)}"

    def _forget_abandoned(self) -> None:
        """Databases of commands that were killed before they could clean up."""
        for name in self.databases.names():
            if (found := SCRATCH.match(name)) and not alive(int(found[1])):
                self.databases.drop(name)

    def _keep(self, kind: str, used: str) -> None:
        """Keep this template and those used last; the log file's time tells."""
        self.install_log(used).touch()
        names = [name for name in self.databases.names() if name.startswith(kind)]
        logs = {name: self.install_log(name) for name in names}
        times = {name: log.stat().st_mtime if log.exists() else 0 for name, log in logs.items()}
        for name in sorted(names, key=times.__getitem__, reverse=True)[KEPT:]:
            self.databases.drop(name)
