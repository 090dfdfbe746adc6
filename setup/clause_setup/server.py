"""How Odoo itself is called: interpreter, configuration, environment."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .locks import exclusive
from .odoo_source import OdooSource, announce, choose
from .paths import CACHE, FILES, LOGS, REPOSITORY, SETUP
from .pins import key
from .system import PDF_PACKAGES, install
from .terminal import run
from .venv import odoo_venv, program_path


@dataclass(frozen=True)
class Server:
    """An Odoo ready to be called on the databases of one cluster."""

    python: Path
    source: OdooSource
    database_environment: dict[str, str]
    # Of a new database: the language given here becomes that of its users.
    languages: tuple[str, ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        # Odoo reads its settings from the file alone, not from one of the user's.
        return {
            **self.database_environment,
            "PATH": program_path(self.python),
            "ODOO_RC": str(self.configuration()),
        }

    def configuration(self) -> Path:
        """The configuration file, one for each clone that shares the cache."""
        addons = [REPOSITORY, *self.source.addons_path]
        settings = {
            "addons_path": ",".join(map(str, addons)),
            "data_dir": FILES,
            "http_interface": "127.0.0.1",
            "list_db": False,
        }
        text = "[options]\n" + "".join(f"{name} = {value}\n" for name, value in settings.items())
        path = CACHE / f"odoo-{key(REPOSITORY, self.source)}.conf"
        path.write_text(text)
        return path

    def command(self, *arguments: str | Path) -> list[str | Path]:
        return [self.python, "-m", "odoo", *arguments]

    def odoo(self, *arguments: str | Path, log: str) -> Path:
        """Run Odoo to its end; return the file of its log."""
        path = LOGS / f"{log}.log"
        run(self.command(*arguments), env=self.environment, cwd="/", log=path)
        return path

    def install(self, database: str, modules: Iterable[str], log: str) -> Path:
        return self._modules("-i", database, modules, log)

    def update(self, database: str, modules: Iterable[str], log: str) -> Path:
        return self._modules("-u", database, modules, log)

    def _modules(self, action: str, database: str, modules: Iterable[str], log: str) -> Path:
        arguments = ["-d", database, action, ",".join(modules), *self.languages]
        return self.odoo(*arguments, "--stop-after-init", "--no-http", log=log)

    def add_french(self, database: str, log: str) -> Path:
        """French beside English, in which the tests read messages."""
        return self.odoo("i18n", "loadlang", "-d", database, "-l", "fr_FR", log=log)

    def script(self, name: str, database: str, *arguments: str, log: str) -> Path:
        """Run setup/clause_setup/inside/NAME.py on the database, with its ``env``."""
        path = LOGS / f"{log}.log"
        file = SETUP / "clause_setup" / "inside" / f"{name}.py"
        command = [self.python, file, database, *arguments]
        run(command, env=self.environment, cwd="/", log=path)
        return path


def prepare(
    database_environment: dict[str, str], languages: tuple[str, ...] = (), packages: tuple[str, ...] = ()
) -> Server:
    """Odoo and its Python packages, from the cache when they are there already."""
    with exclusive("prepare"):
        install(PDF_PACKAGES)
        source = announce(choose())
        return Server(odoo_venv(source, packages), source, database_environment, languages)
