"""When hours were declared and counted: dates that only the program gives, in the act that changes the hours."""

from ...engine.exact import hundredths

# What a declared hour is made of: with another, it is declared again.
DECLARED = {
    "date",
    "unit_amount",
    "insertion_participant_id",
    "insertion_employment_id",
    "insertion_kind",
    "insertion_is_monthly",
}


def date_hours(lines, vals):
    """What is written on these hours, with the moments of it. Hours once declared are kept before they change.

    sudo: the fields of these moments, and the record of acts, are closed to direct writing; the caller has let the
    user write on the hours.
    """
    lines, state = lines.sudo(), vals.get("insertion_state")
    if vals.get("unit_amount"):
        vals = {**vals, "unit_amount": hundredths(vals["unit_amount"])}
    if not state and not DECLARED & vals.keys():
        return vals
    declared = lines.filtered("insertion_declared_on")
    if state in (None, "draft") and not declared:
        return vals
    now = lines.company_id._insertion_record()
    if state == "draft" or DECLARED & vals.keys():
        declared.env["clause.insertion.act"]._keep_hours(declared)
        declared.insertion_declared_on = state != "draft" and now
    else:
        (lines - declared).insertion_declared_on = now
    return {**vals, "insertion_recorded_on": now} if state == "validated" else vals
