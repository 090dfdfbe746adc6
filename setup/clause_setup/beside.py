"""Ours with the apps that a Region may have: they come before ours or after, the main line is walked, ours go."""

from .log_check import unexpected
from .paths import ADDONS, LOGS, SETUP
from .pins import pins
from .pytest_run import on_database
from .server import Server
from .snapshot import Snapshot
from .templates import Templates
from .terminal import run, say, step

ODOO = (
    "hr_attendance",
    "hr_holidays",
    "l10n_fr_account",
    "mass_mailing",
    "project_timesheet_holidays",
    "project_todo",
    "purchase_stock",
    "sale_timesheet",
    "survey",
    "website",
)
# What is walked: as each role, from the purchase to the certificate; and the records of Odoo that we extend.
TESTS = (
    "clause_insertion/tests/base/test_beside.py",
    "clause_insertion/tests/hours/test_declaration.py",
    "clause_insertion/tests/hours/test_hour_locks.py",
    "clause_insertion/tests/penalty/test_penalty_bill.py",
    "clause_insertion_report/tests/clause/test_main_line.py",
)
FILL = SETUP.parent / "tests" / "data" / "region.py"


def others() -> list[str]:
    """The addons' names: those of Odoo, and those of OCA that pins.toml has.

    >>> [name for name in others() if name.startswith("purchase_t")]
    ['purchase_tier_validation', 'purchase_triple_discount']
    """
    oca = [name.removeprefix("odoo-addon-").replace("-", "_") for name in pins()["python"]["beside"]]
    return sorted({*ODOO, *oca})


def others_before(server: Server, templates: Templates, arguments: list[str]) -> int:
    """Ours come to a Region that works with the others already, and go: no row of its own changed."""
    base = templates.with_dependencies()
    with templates.scratch(base) as database:
        with step("The others"):
            server.install(database, others(), log="beside-others-before")
            fill(server, database)
        before = Snapshot(templates.databases, database)
        with step("Ours after them"):
            log = server.install(database, ADDONS, log="beside-ours-after")
        code = on_database(server, database, templates.with_addons(), [*arguments, *TESTS])
        uninstall(server, database)
        changed = sorted(before.differences())
    return judge(code, unexpected(log.read_text(), server.environment), changed)


def others_after(server: Server, templates: Templates, arguments: list[str]) -> int:
    """The others come to a Region that works with ours already; ours go."""
    template = templates.with_addons()
    with templates.scratch(template) as database:
        with step("The others after ours"):
            server.install(database, others(), log="beside-others-after")
        code = on_database(server, database, template, [*arguments, *TESTS])
        uninstall(server, database)
    return judge(code, "", [])


def fill(server: Server, database: str) -> None:
    command = server.command("shell", "-d", database, "--no-http")
    run(command, env=server.environment, cwd="/", stdin=FILL.read_text(), log=LOGS / "beside-fill.log")


def uninstall(server: Server, database: str) -> None:
    with step("Ours go"):
        server.odoo("module", "uninstall", "-d", database, *reversed(ADDONS), log="beside-uninstall")


def judge(code: int, complaints: str, changed: list[str]) -> int:
    if complaints:
        say(f"While the addons were installed:{complaints}")
    for line in changed:
        say(f"Changed: {line}")
    return code or int(bool(complaints or changed))
