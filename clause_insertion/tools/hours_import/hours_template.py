import csv
import io

from ...engine.files.cells import harmless
from ...engine.files.hours import HEADINGS

COLUMNS = ("contractor", "clause", "person", "day", "month", "hours", "kind")


def hours_template(clauses, month):
    """A CSV to fill in: the columns of the check, a row for each person who may work on these clauses that month.

    Only the people that the user may see: the check knows no other.
    """
    env = clauses.env
    employments = clauses._employments_in(month)
    visible = employments.participant_id._filtered_access("read")
    rows = {
        (clause.name, employment.participant_id.name)
        for employment in employments.filtered(lambda employment: employment.participant_id in visible)
        for clause in employment.clause_ids & clauses
    }
    contractor = harmless(env.user.commercial_partner_id.name)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(map(HEADINGS.label, COLUMNS))
    for clause, person in sorted(rows):
        writer.writerow([contractor, clause, person, "", f"{month:%m/%Y}", "", "travail"])
    return file.getvalue().encode("utf-8-sig")
