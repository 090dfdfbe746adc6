"""Who has a trait no longer follows from hours, in what was published before either; nor who sent a person.

Hours by what is known of people leave the published statements, but for large groups of a whole Region, where they are
rounded; so do the counts beside them. Numbers of people stay. See ``clause_insertion/engine/hours_by_trait.py``.
"""

import json

from odoo.addons.clause_insertion.engine.hours_by_trait import rounded, told_keys
from odoo.addons.clause_insertion_report.engine.figures import ABOUT_PEOPLE

WHOLE_SCOPES = ("company", "companies")


def migrate(cr, version):
    if not version:
        return
    cr.execute("SELECT id, scope, figures FROM clause_insertion_publication")
    for publication, scope, figures in cr.fetchall():
        for name in ("statement", "previous"):
            _mend(figures[name], scope in WHOLE_SCOPES)
        cr.execute(
            "UPDATE clause_insertion_publication SET figures = %s WHERE id = %s", (json.dumps(figures), publication)
        )
    cr.execute(
        """
        DELETE FROM ir_filters
         WHERE model_id = 'clause.insertion.hours.report' AND concat(context, domain, sort) LIKE '%prescriber_kind%'
        """
    )


def _mend(statement, is_whole):
    everybody = statement["people_total"]["people"]
    for code in ABOUT_PEOPLE:
        rows = {row["key"]: row for row in statement["breakdowns"].get(code, []) if row["figures"]}
        people = {key: row["figures"]["people"] for key, row in rows.items()}
        told = told_keys(people, everybody) if is_whole else ()
        for key, row in rows.items():
            hours = row["figures"]["hours_validated"]
            row["figures"] = dict.fromkeys(row["figures"], 0) | {"people": people[key]}
            row["only"] = ["people"]
            if key in told:
                row["figures"]["hours_validated"] = rounded(hours)
                row["only"].append("hours_validated")
