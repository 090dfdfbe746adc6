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
# Users who have our groups alone; the project and the employee of the company's hours.
PEOPLE = """
for name in ("user", "facilitator"):
    groups = [(6, 0, env.ref(f"clause_insertion.group_clause_insertion_{name}").ids)]
    env["res.users"].create({"name": f"Own {name}", "login": f"own.{name}", "group_ids": groups})
env.company._insertion_project(), env.company._insertion_employee()
env.cr.commit()
"""
AGAIN = """
env.company._insertion_project(), env.company._insertion_employee()
env.cr.commit()
"""
STAFF = """
SELECT count(*) FROM res_groups_users_rel AS given
  JOIN res_users ON res_users.id = given.uid AND res_users.login IN ('own.user', 'own.facilitator')
  JOIN ir_model_data AS name ON name.res_id = given.gid AND name.module = 'base' AND name.name = 'group_user'
 WHERE NOT res_users.share
"""
MADE = (
    "SELECT count(*) FROM project_project WHERE name->>'en_US' = 'Insertion clauses'",
    "SELECT count(*) FROM hr_employee WHERE name = 'Insertion'",
)


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


def test_staff_stays_and_hours_are_found_again(databases):
    assert modules("-i") == ""
    odoo("shell", "-d", DATABASE, "--no-http", stdin=PEOPLE)

    odoo("module", "uninstall", "-d", DATABASE, *reversed(ADDONS))
    assert databases.sql(STAFF, DATABASE) == "2"

    assert modules("-i") == ""
    odoo("shell", "-d", DATABASE, "--no-http", stdin=AGAIN)
    assert [databases.sql(query, DATABASE) for query in MADE] == ["1", "1"]
