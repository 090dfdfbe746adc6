from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Files of hours are no longer kept once they are refused or written, nor words of theirs among the errors."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["clause.insertion.import"].search([("state", "in", ("done", "failed"))])._drop_file()
    cr.execute("UPDATE clause_insertion_import_error SET value = NULL WHERE value ~ '[[:alpha:]]{3}'")
