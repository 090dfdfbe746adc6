"""./setup/test [--fast] [pytest's arguments]"""

import os
import subprocess
from pathlib import Path

from ..cluster import TESTS, postgresql
from ..databases import Databases
from ..log_check import unexpected
from ..paths import ADDONS, REPOSITORY, SETUP
from ..server import Server, prepare
from ..system import chromium
from ..templates import Templates, template_below
from ..terminal import say
from ..venv import tool_venv

FAST_TARGETS = (*(f"{addon}/engine" for addon in ADDONS), "tests/engine")
FULL_TARGETS = ("tests", "setup/clause_setup")
PLUGINS = ("-p", "clause_setup.doctests", "-p", "clause_setup.pytest_guard")
WITH_VALUE = {"-k", "-m", "-n", "-p", "-o", "-W", "-r"}  # what follows is no place
COMMON = ("-c", REPOSITORY / ".pytest.ini", f"--rootdir={REPOSITORY}", "-rfEs", *PLUGINS)


def main(arguments: list[str]) -> int:
    if "--fast" in arguments:
        return fast([argument for argument in arguments if argument != "--fast"])
    return full(arguments)


def fast(arguments: list[str]) -> int:
    """The engine alone: no Odoo, no database."""
    python = tool_venv("engine")
    options = ["-p", "clause_setup.engine_only"]
    return pytest(python, [*options, *with_targets(arguments, FAST_TARGETS)], {})


def full(arguments: list[str]) -> int:
    chromium()
    with postgresql(TESTS) as environment:
        server = prepare(environment)
        templates = Templates(server, Databases(environment))
        template = templates.with_addons()
        complaints = unexpected(templates.install_log(template).read_text(), server.environment)
        with templates.scratch(template) as database:
            code = on_database(server, database, template, arguments)
    if complaints:
        say(f"While the addons were installed:{complaints}")
    return code or bool(complaints)


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
