"""pytest, as our commands call it."""

import os
import subprocess
from pathlib import Path

from .paths import ADDONS, REPOSITORY, SETUP
from .server import Server
from .templates import template_below
from .terminal import say

FULL_TARGETS = ("tests", "setup/clause_setup")
PLUGINS = ("-p", "clause_setup.doctests", "-p", "clause_setup.pytest_guard")
WITH_VALUE = {"-k", "-m", "-n", "-p", "-o", "-W", "-r"}  # what follows is no place
COMMON = ("-c", REPOSITORY / ".pytest.ini", f"--rootdir={REPOSITORY}", "-rfEs", *PLUGINS)


def on_database(server: Server, database: str, template: str, arguments: list[str]) -> int:
    options = [
        f"--odoo-config={server.configuration()}",
        f"--odoo-database={database}",
        "--odoo-log-level=warn",
        "--odoo-http",
    ]
    environment = {
        **server.environment,
        # For the tests that make databases of their own.
        "CLAUSE_INSERTION_DEPENDENCIES": template_below(template),
        "CLAUSE_INSERTION_TEMPLATE": template,
    }
    targets = (*ADDONS, *FULL_TARGETS)
    return pytest(server.python, [*options, *with_targets(arguments, targets)], environment)


def with_targets(arguments: list[str], targets: tuple[str, ...]) -> list[str]:
    """Add the usual folders, unless the arguments name a file or a folder.

    >>> with_targets(["-k", "setup", "-x"], ("setup/run",))[:-1]
    ['-k', 'setup', '-x']
    """
    options, named = [], []
    for before, argument in zip(["", *arguments], arguments, strict=False):
        is_place = before not in WITH_VALUE and Path(argument.split("::")[0]).exists()
        (named if is_place else options).append(argument)
    places = [Path.cwd() / name for name in named] or [REPOSITORY / name for name in targets]
    return [*options, *(str(path) for path in places if named or path.exists())]


def pytest(python: Path, arguments: list[str], environment: dict[str, str]) -> int:
    command = [python, "-m", "pytest", *COMMON, *arguments]
    say("--> Tests")
    variables = {**os.environ, **environment, "PYTHONPATH": str(SETUP)}
    return subprocess.run(command, cwd=REPOSITORY, env=variables, check=False).returncode
