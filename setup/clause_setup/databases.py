"""Making, copying and dropping databases, each with its part of the file store."""

import os
import shutil
from pathlib import Path

from .paths import FILES
from .system import postgresql_programs
from .terminal import run


class Databases:
    """The databases of one cluster, and their files."""

    def __init__(self, environment: dict[str, str], files: Path = FILES) -> None:
        self.environment = environment
        self.files = files

    def sql(self, query: str, database: str = "postgres") -> str:
        """The first column of the answer, one value a line."""
        command = [self._program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database]
        return run([*command, "-c", query], env=self.environment).stdout.strip()

    def names(self) -> set[str]:
        return set(self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate").split())

    def create(self, name: str) -> None:
        self.drop(name)
        run([self._program("createdb"), "-T", "template0", "-E", "UTF8", name], env=self.environment)

    def copy(self, source: str, name: str) -> None:
        """A copy takes a second: the files, which never change, are linked."""
        self.drop(name)
        run([self._program("createdb"), "-T", source, name], env=self.environment)
        if (origin := self.store(source)).exists():
            shutil.copytree(origin, self.store(name), copy_function=os.link)

    def drop(self, name: str) -> None:
        run([self._program("dropdb"), "--if-exists", "--force", name], env=self.environment)
        shutil.rmtree(self.store(name), ignore_errors=True)

    def rename(self, source: str, name: str) -> None:
        """The files first: while the database has its old name, it counts as unfinished."""
        shutil.rmtree(self.store(name), ignore_errors=True)
        if self.store(source).exists():
            self.store(source).rename(self.store(name))
        self.sql(f'ALTER DATABASE "{source}" RENAME TO "{name}"')

    def store(self, name: str) -> Path:
        return self.files / "filestore" / name

    def parameter(self, database: str, name: str) -> str:
        query = f"SELECT value FROM ir_config_parameter WHERE key = '{name}'"
        return self.sql(query, database)

    def set_parameter(self, database: str, name: str, value: str) -> None:
        self.sql(
            "INSERT INTO ir_config_parameter (key, value) "
            f"VALUES ('{name}', '{value}') "
            "ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            database,
        )

    @staticmethod
    def _program(name: str) -> Path:
        """The machine's client when it has one; a cluster elsewhere needs no more."""
        return Path(shutil.which(name) or postgresql_programs() / name)
