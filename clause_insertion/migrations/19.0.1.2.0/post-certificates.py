"""Certificates become records of their own: each certified clause gets the one that it has, sealed today.

Code, day, author and figures are those that were kept; the facts about the contract are those of the clause, since
nothing else was kept of them. Odoo drops the old columns at the end of the update.
"""

from datetime import datetime, time

from odoo import SUPERUSER_ID, api
from odoo.tools.sql import column_exists


def migrate(cr, version):
    if not version or not column_exists(cr, "clause_insertion", "certificate_code"):
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.flush_all()
    cr.execute(
        """
        SELECT id, certificate_code, certified_on, certified_by, hours_due_certified, hours_certified
          FROM clause_insertion AS clause
         WHERE certificate_code IS NOT NULL AND certified_on IS NOT NULL
           AND NOT EXISTS (SELECT FROM clause_insertion_certificate WHERE code = certificate_code)
         ORDER BY certified_on, id
        """
    )
    kept = {row["id"]: row for row in cr.dictfetchall()}
    clauses = env["clause.insertion"].browse(kept)
    facts = clauses._facts_to_certify()
    env["clause.insertion.certificate"]._deliver({clause: facts[clause] | _kept(kept[clause.id]) for clause in clauses})
    # The purchase could be cancelled over a certificate: it stays valid until it is withdrawn.
    clauses.filtered(lambda clause: clause.state != "certified").state = "certified"


def _kept(row):
    return {
        "code": row["certificate_code"],
        "delivered_on": row["certified_on"],
        "delivered_at": datetime.combine(row["certified_on"], time.max.replace(microsecond=0)),
        "delivered_by": row["certified_by"],
        "hours_due": row["hours_due_certified"] or 0,
        "hours_validated": row["hours_certified"] or 0,
    }
