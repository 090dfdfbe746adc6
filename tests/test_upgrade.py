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
# A certified clause, made with the models of today.
CERTIFIED = """
contractor = env["res.partner"].create({"name": "Entreprise (fictive)", "is_company": True})
order = env["purchase.order"].create({"partner_id": contractor.id})
clause = env["clause.insertion"].create({"purchase_order_id": order.id, "hours_typed": 500})
order.button_confirm()
clause.action_strike_balance()
clause.action_certify()
env.cr.commit()
"""
# As the version before kept it: columns of the clause, on its form.
OLD_CERTIFICATES = """
ALTER TABLE clause_insertion
    ADD certified_on date, ADD certified_by integer, ADD certificate_code varchar,
    ADD hours_due_certified double precision, ADD hours_certified double precision;
UPDATE clause_insertion AS clause
   SET certified_on = '2026-03-04', certified_by = delivered_by, certificate_code = code,
       hours_due_certified = 480, hours_certified = 90.5
  FROM clause_insertion_certificate WHERE clause_id = clause.id;
DROP TABLE clause_insertion_certificate CASCADE;
WITH field AS (
    INSERT INTO ir_model_fields (name, model, model_id, field_description, ttype, state, store)
    SELECT 'certificate_code', model, id, '{"en_US": "Verification code"}', 'char', 'base', TRUE
      FROM ir_model WHERE model = 'clause.insertion'
    RETURNING id
)
INSERT INTO ir_model_data (module, name, model, res_id)
SELECT 'clause_insertion', 'field_clause_insertion__certificate_code', 'ir.model.fields', id FROM field;
UPDATE ir_ui_view SET arch_db = jsonb_build_object(
    'en_US', '<data><page name="follow_up" position="inside"><field name="certificate_code"/></page></data>')
 WHERE name = 'clause.insertion.view.form.certificate';
UPDATE ir_module_module SET latest_version = '19.0.1.1.0' WHERE name LIKE 'clause_insertion%';
"""
COLUMNS = "SELECT count(*) FROM information_schema.columns WHERE table_name = 'clause_insertion' AND column_name = "
TRADES = "SELECT string_agg(code || name::text || labour_share, ' ' ORDER BY id) FROM clause_insertion_trade"


@pytest.fixture
def databases():
    found = Databases({})
    found.copy(os.environ["CLAUSE_INSERTION_TEMPLATE"], DATABASE)
    yield found
    found.drop(DATABASE)


def update():
    command = [sys.executable, "-m", "odoo", "-d", DATABASE, "-u", "clause_insertion", "--stop-after-init", "--no-http"]
    return run(command, cwd="/")


def test_update_from_the_version_before(databases):
    arch = f"SELECT arch_db ->> 'en_US' FROM ir_ui_view WHERE key = 'clause_insertion.{EXTENSION}'"
    today, trades = databases.sql(arch, DATABASE), databases.sql(TRADES, DATABASE)
    databases.sql(OLD, DATABASE)

    done = update()

    assert unexpected(done.stdout + done.stderr) == ""
    assert databases.sql(arch, DATABASE) == today
    assert databases.sql(TRADES, DATABASE) == trades


def test_certificates_of_the_version_before_are_kept(databases):
    """The columns are read before Odoo drops them, and the form of the version before does not stop the update."""
    run([sys.executable, "-m", "odoo", "shell", "-d", DATABASE, "--no-http"], cwd="/", stdin=CERTIFIED)
    code = databases.sql("SELECT code FROM clause_insertion_certificate", DATABASE)
    databases.sql(OLD_CERTIFICATES, DATABASE)

    done = update()

    assert unexpected(done.stdout + done.stderr) == ""
    kept = "SELECT code, delivered_on, hours_due, hours_validated, length(seal) FROM clause_insertion_certificate"
    assert len(code) == 19
    assert databases.sql(kept, DATABASE) == f"{code}|2026-03-04|480|90.5|64"
    assert databases.sql(f"{COLUMNS} 'certificate_code'", DATABASE) == "0"
