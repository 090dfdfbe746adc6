"""./setup/bench NAME"""

import os
import subprocess

from ..cluster import TESTS, postgresql
from ..databases import Databases
from ..paths import SETUP
from ..server import prepare
from ..templates import Templates
from ..terminal import SetupError, step


def names() -> list[str]:
    files = (SETUP / "benchmarks").glob("*.py")
    return sorted(file.stem for file in files if not file.stem.startswith("_"))


def main(arguments: list[str]) -> int:
    known = ", ".join(names()) or "none yet"
    if not arguments or arguments[0] not in names():
        raise SetupError(f"Usage: ./setup/bench NAME\nThe measurements are: {known}")
    with postgresql(TESTS) as environment:
        server = prepare(environment)
        templates = Templates(server, Databases(environment))
        with templates.scratch(templates.with_addons()) as database:
            script = SETUP / "clause_setup" / "inside" / "bench.py"
            command = [server.python, script, database, *arguments]
            with step(f"Measuring: {arguments[0]}"):
                variables = {**os.environ, **server.environment}
                return subprocess.run(command, env=variables, cwd="/", check=False).returncode
