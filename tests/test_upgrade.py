"""A Region that updates keeps its rows, and no view of the version before stops the update."""

import os
import sys

import pytest
from clause_setup.databases import Databases
from clause_setup.log_check import unexpected
from clause_setup.terminal import run

DATABASE = f"scratch_{os.getpid()}_upgrade"
EXTENSION = "portal_insertion_declaration_training"
# As a view of the version before: it extends an element that the month's page no longer has.
OLD = """
UPDATE ir_module_module SET latest_version = '19.0.1.0.0' WHERE name LIKE 'clause_insertion%';
UPDATE ir_ui_view SET arch_db = jsonb_build_object(
    'en_US', '<data><xpath expr="//input[@name=''gone'']" position="after"><i/></xpath></data>')
 WHERE key = 'clause_insertion.portal_insertion_declaration_training';
"""
TRADES = "SELECT string_agg(code || name::text || labour_share, ' ' ORDER BY id) FROM clause_insertion_trade"


@pytest.fixture
def databases():
    found = Databases({})
    found.copy(os.environ["CLAUSE_INSERTION_TEMPLATE"], DATABASE)
    yield found
    found.drop(DATABASE)


def test_update_from_the_version_before(databases):
    arch = f"SELECT arch_db ->> 'en_US' FROM ir_ui_view WHERE key = 'clause_insertion.{EXTENSION}'"
    today, trades = databases.sql(arch, DATABASE), databases.sql(TRADES, DATABASE)
    databases.sql(OLD, DATABASE)

    command = [sys.executable, "-m", "odoo", "-d", DATABASE, "-u", "clause_insertion", "--stop-after-init", "--no-http"]
    done = run(command, cwd="/")

    assert unexpected(done.stdout + done.stderr) == ""
    assert databases.sql(arch, DATABASE) == today
    assert databases.sql(TRADES, DATABASE) == trades
