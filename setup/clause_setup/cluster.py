"""PostgreSQL: the cluster that the PG* variables point to, else a private one.

There are two private ones, because they are promised different things: "data"
survives a power cut, "test" is thrown away and may skip waiting for the disk.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .locks import exclusive, open_lock, shared, try_lock
from .paths import CACHE
from .pins import key
from .system import install, postgresql_programs
from .terminal import SetupError, run, say, step

USER = "odoo"  # Odoo refuses to work as "postgres"
GIVEN = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGSERVICE", "PGPASSWORD", "PGPASSFILE")
LONGEST_SOCKET = 107  # bytes, a limit of the kernel
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@dataclass(frozen=True)
class Cluster:
    """A private cluster, reached through a socket only its owner may use."""

    name: str
    durable: bool

    @property
    def folder(self) -> Path:
        return CACHE / "postgresql" / self.name

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        usual = self.folder / "socket"
        if len(os.fsencode(usual / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
            return usual
        return Path("/tmp") / f"clause_insertion-{os.geteuid()}-{key(self.folder)}"

    @property
    def environment(self) -> dict[str, str]:
        return {"PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": USER}

    def programs(self) -> Path:
        """Those of the version that made the data, which others cannot read."""
        version = self.data / "PG_VERSION"
        if version.exists():
            own = Path(f"/usr/lib/postgresql/{version.read_text().strip()}/bin")
            if (own / "postgres").exists():
                return own
        return postgresql_programs()

    def running(self) -> bool:
        if not (self.data / "PG_VERSION").exists():
            return False
        return self._control("status", check=False).returncode == 0

    def start(self) -> None:
        with exclusive(f"start-{self.name}"):
            if not (self.data / "created").exists():
                with step(f"PostgreSQL: a private cluster for the {self.name}"):
                    self._create()
            if not self.running():
                self._ensure_folder(self.socket, 0o700)
                self._control("start", "-w", "-t", "120", "-l", str(self.folder / "log"))

    def stop(self) -> None:
        if self.running():
            self._control("stop", "-m", "fast", "-w", "-t", "120")

    def _create(self) -> None:
        programs = self.programs()  # first: on a fresh machine, they bring the user postgres
        shutil.rmtree(self.data, ignore_errors=True)
        self._ensure_folder(self.folder, 0o711)
        self._ensure_folder(self.socket, 0o700)
        initdb = [programs / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust"]
        self._run([*initdb, "-E", "UTF8", "--locale=C.UTF-8"])
        self._run(["tee", "-a", self.data / "postgresql.conf"], stdin=self._settings())
        self._control("start", "-w", "-l", str(self.folder / "log"))
        role = f"CREATE ROLE {USER} LOGIN CREATEDB"
        self._run([programs / "psql", "-h", self.socket, "-U", "postgres", "-qc", role])
        self._run(["touch", self.data / "created"])

    def _settings(self) -> str:
        settings = (
            "\nlisten_addresses = ''\nport = 5432\nmax_connections = 100\n"
            f"unix_socket_directories = '{self.socket}'\nshared_buffers = 256MB\n"
        )
        return settings if self.durable else settings + FAST

    def _control(self, *arguments: str, check: bool = True):
        return self._run([self.programs() / "pg_ctl", "-D", self.data, *arguments], check=check)

    def _run(self, command: list, *, stdin: str | None = None, check: bool = True):
        """From a folder that the user postgres may enter, and without PG* of ours."""
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        log = None if stdin is not None else CACHE / "logs" / f"postgresql-{self.name}.log"
        return run([*prefix, *command], cwd="/", stdin=stdin, check=check, log=log)

    def _ensure_folder(self, folder: Path, mode: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            self._check_reachable(folder)
            shutil.chown(folder, "postgres", "postgres")
        folder.chmod(mode)

    def _check_reachable(self, folder: Path) -> None:
        for parent in folder.parents:
            if not parent.stat().st_mode & 0o001:
                raise SetupError(
                    f"PostgreSQL runs as the user postgres, who cannot enter {parent}.\n"
                    "Choose another cache folder with CLAUSE_INSERTION_CACHE."
                )


DATA = Cluster("data", durable=True)
TESTS = Cluster("tests", durable=False)


def given(environ: Mapping[str, str] = os.environ) -> bool:
    return any(environ.get(name) for name in GIVEN)


@contextmanager
def postgresql(cluster: Cluster) -> Iterator[dict[str, str]]:
    """The variables to reach PostgreSQL; the private one stops with its last user."""
    if given():
        say("--> PostgreSQL: the one of the PG* variables")
        if not shutil.which("psql"):
            install(("postgresql-client",))
        run(["psql", "-X", "-d", "postgres", "-c", "SELECT 1"])
        yield {}
        return
    try:
        with shared(f"use-{cluster.name}"):
            cluster.start()
            yield cluster.environment
    finally:
        stop_unused(cluster)


def stop_unused(cluster: Cluster) -> bool:
    """Stop the cluster unless another command is using it."""
    with open_lock(f"use-{cluster.name}") as handle:
        if not try_lock(handle):
            return False
        cluster.stop()
        return True
