"""Installing, updating and uninstalling both addons leaves a Region's own rows alone.

The database has purchases and timesheets of its own beforehand. They are compared
as PostgreSQL writes them, column by column, after every step.
"""

import os
import sys
from pathlib import Path

import pytest
from clause_setup.databases import Databases
from clause_setup.log_check import unexpected
from clause_setup.paths import ADDONS
from clause_setup.snapshot import Snapshot
from clause_setup.terminal import run

DATABASE = f"scratch_{os.getpid()}_install"
FILL = (Path(__file__).parent / "data" / "region.py").read_text()
# A meeting with the relays is an event of the calendar: it stays there.
MEETING = """
env["clause.insertion.meeting"].create(
    {"name": "Own meeting", "start": "2026-03-02 09:00:00", "stop": "2026-03-02 10:00:00"}
)
env.cr.commit()
"""


def odoo(*arguments: str, stdin: str | None = None) -> str:
    """Run Odoo to its end; return what it warned of."""
    done = run([sys.executable, "-m", "odoo", *arguments], stdin=stdin, cwd="/")
    return unexpected(done.stdout + done.stderr)


def modules(action: str) -> str:
    names = ",".join(ADDONS)
    return odoo("-d", DATABASE, action, names, "--stop-after-init", "--no-http")


@pytest.fixture(scope="module")
def databases():
    found = Databases({})
    found.copy(os.environ["CLAUSE_INSERTION_DEPENDENCIES"], DATABASE)
    odoo("shell", "-d", DATABASE, "--no-http", stdin=FILL)
    yield found
    found.drop(DATABASE)


def states(databases: Databases) -> set[str]:
    query = f"SELECT DISTINCT state FROM ir_module_module WHERE name IN {ADDONS}"
    return set(databases.sql(query, DATABASE).split())


def leftovers(databases: Databases) -> str:
    query = "SELECT model FROM ir_model WHERE model LIKE 'clause.insertion%'"
    return databases.sql(query, DATABASE)


def test_install_update_uninstall_and_again(databases):
    before = Snapshot(databases, DATABASE)
    assert all(before.rows.values()), "every table needs rows for this to show anything"

    assert modules("-i") == ""
    assert (states(databases), before.differences()) == ({"installed"}, set())

    assert modules("-u") == ""
    assert (states(databases), before.differences()) == ({"installed"}, set())

    odoo("shell", "-d", DATABASE, "--no-http", stdin=MEETING)
    odoo("module", "uninstall", "-d", DATABASE, *reversed(ADDONS))
    assert (states(databases), before.differences()) == ({"uninstalled"}, set())
    assert leftovers(databases) == ""
    meeting = "SELECT count(*), count(res_model), count(res_id) FROM calendar_event WHERE name = 'Own meeting'"
    assert databases.sql(meeting, DATABASE) == "1|0|0"

    assert modules("-i") == ""
    assert (states(databases), before.differences()) == ({"installed"}, set())
