"""What a validator should look at, in plain words and in a fixed number of queries."""

from ...engine import checks
from ...engine.months import first_day, last_day
from .hour_figures import STANDS


def hour_warnings(lines):
    """``{line id: text}`` for the insertion hours among ``lines`` that wait for an answer.

    sudo: a person's hours on other clauses are summed, and only the sum's effect is told.
    """
    lines = lines.sudo().filtered(
        lambda line: line._origin and line.date and line.insertion_state in ("draft", "submitted")
    )
    if not lines:
        return {}
    people = lines.insertion_participant_id
    codes = checks.warnings(
        [_engine_line(line) for line in lines],
        [_engine_line(line) for line in _other_lines(lines, people)],
        {person.id: checks.Period(person.eligibility_start, person.eligibility_end) for person in people},
        _contracts(people),
        _caps(lines),
        proven={person.id for person in people if person.is_proven},
    )
    texts = _texts(lines.env)
    return {key: "\n".join(texts[code] for code in found) for key, found in codes.items() if found}


def _texts(env):
    return {
        checks.NOT_ELIGIBLE: env._("The person is not eligible on that date."),
        checks.NO_PROOF: env._("No fresh proof of eligibility has been seen."),
        checks.OUTSIDE_CONTRACT: env._("No work contract for this clause on that date."),
        checks.ABOVE_DAILY_CAP: env._("More hours on that day than the daily cap."),
        checks.ABOVE_MONTHLY_CAP: env._("More hours in that month than the monthly cap."),
        checks.ELSEWHERE_SAME_DAY: env._("Also declared on another clause that day."),
        checks.ELSEWHERE_SAME_MONTH: env._("Also declared on another clause that month."),
        checks.DUPLICATE: env._("The same person, day and kind are declared twice."),
    }


def _engine_line(line):
    return checks.Line(
        line._origin.id,
        line.clause_insertion_id.id,
        line.insertion_participant_id.id,
        line.date,
        line._hours_left(),
        line.insertion_kind,
        line.insertion_is_monthly,
    )


def _other_lines(lines, people):
    """The other lines of the same people in the months concerned, refused and reversed ones apart."""
    dates = lines.mapped("date")
    return lines.search(
        [
            ("insertion_participant_id", "in", people.ids),
            ("date", ">=", first_day(min(dates))),
            ("date", "<=", last_day(max(dates))),
            ("insertion_state", "in", ("draft", "submitted", "validated")),
            ("id", "not in", lines._origin.ids),
            *STANDS,
        ]
    )


def _contracts(people):
    """``{(person id, clause id): periods}``."""
    periods = {}
    for employment in people.env["clause.insertion.employment"].search([("participant_id", "in", people.ids)]):
        for clause in employment.clause_ids:
            periods.setdefault((employment.participant_id.id, clause.id), []).append(
                checks.Period(employment.date_start, employment.date_end)
            )
    return periods


def _caps(lines):
    Parameter = lines.env["clause.insertion.parameter"]
    day, company = max(lines.mapped("date")), lines.company_id[:1]
    return checks.Caps(Parameter._require("daily_cap", day, company), Parameter._require("monthly_cap", day, company))
