"""./setup/shell: a Python prompt with ``env`` on the database of ./setup/run"""

import os
import subprocess

from .. import kept_database
from ..cluster import DATA, postgresql
from ..databases import Databases
from ..server import prepare
from ..terminal import SetupError


def main(arguments: list[str]) -> int:
    with postgresql(DATA) as environment:
        server = prepare(environment)
        if kept_database.NAME not in Databases(environment).names():
            raise SetupError("There is no database yet; ./setup/run makes one.")
        command = server.command("shell", "-d", kept_database.NAME, "--no-http", *arguments)
        variables = {**os.environ, **server.environment}
        return subprocess.run(command, env=variables, cwd="/", check=False).returncode
