"""What an insertion hour must be, whoever writes it and through whatever door."""

from odoo.exceptions import ValidationError
from odoo.tools import float_compare, format_date, formatLang

from ...engine.files.cells import MOST_HOURS
from ..base.days import region_today


def check_hours(lines):
    """:raises ValidationError: what is wrong with the first of the lines that is no possible hour"""
    today = region_today(lines)
    for line in lines:
        if problem := _problem(line, today):
            raise ValidationError(problem)


def _problem(line, today):
    """What is wrong with one line, or None."""
    env = line.env
    declaration, employment, person = (
        line.insertion_declaration_id,
        line.insertion_employment_id,
        line.insertion_participant_id,
    )
    if abs(line.unit_amount) > MOST_HOURS["month"]:
        return env._("%(hours)s hours in one month are not possible.", hours=formatLang(env, line.unit_amount))
    if line.date > today:
        return env._("Hours cannot be declared in advance: %(date)s.", date=format_date(env, line.date))
    if (line.date.year, line.date.month) != (declaration.month.year, declaration.month.month):
        return env._("%(date)s is not in the month declared.", date=format_date(env, line.date))
    if employment and employment.participant_id != person:
        return env._("The work contract is another person's.")
    if line.insertion_reversal_of_id:
        return None
    closed = line.company_id.insertion_closed_until
    if closed and line.date <= closed:
        return env._("%(date)s is closed: its hours can no longer change.", date=format_date(env, line.date))
    return person._anonymised_message() if person.anonymised_on else None


def check_certified(lines):
    """A certified clause counts no more hours than its certificate says; those reversed may be counted again.

    :raises ValidationError: one of the clauses would count more
    """
    more = lines.filtered(lambda line: line.insertion_state == "validated" and line.unit_amount > 0)
    certified = more.clause_insertion_id.filtered(lambda clause: clause.state == "certified")
    if not certified:
        return
    validated = [("clause_insertion_id", "in", certified.ids), ("insertion_state", "=", "validated")]
    for clause, hours in lines._read_group(validated, ["clause_insertion_id"], ["unit_amount:sum"]):
        most = clause.certificate_id.hours_validated
        if float_compare(hours, most, precision_digits=2) > 0:
            raise ValidationError(
                lines.env._(
                    "%(clause)s is certified for %(hours)s hours: no more can count before its certificate is "
                    "withdrawn.",
                    clause=clause.name,
                    hours=formatLang(lines.env, most),
                )
            )
