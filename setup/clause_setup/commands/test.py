"""./setup/test [--fast | --beside] [pytest's arguments]"""

from ..beside import others_after, others_before
from ..cluster import TESTS, postgresql
from ..databases import Databases
from ..log_check import unexpected
from ..paths import ADDONS
from ..pytest_run import on_database, pytest, with_targets
from ..server import prepare
from ..system import chromium
from ..templates import Templates
from ..terminal import say
from ..venv import tool_venv

FAST_TARGETS = (*(f"{addon}/engine" for addon in ADDONS), "tests/engine")


def main(arguments: list[str]) -> int:
    if "--fast" in arguments:
        return fast([argument for argument in arguments if argument != "--fast"])
    if "--beside" in arguments:
        return beside([argument for argument in arguments if argument != "--beside"])
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


def beside(arguments: list[str]) -> int:
    """Ours with the apps of Odoo and of OCA that a Region may have, which come before ours or after."""
    with postgresql(TESTS) as environment:
        server = prepare(environment, packages=("beside",))
        templates = Templates(server, Databases(environment))
        return max([order(server, templates, arguments) for order in (others_before, others_after)])
