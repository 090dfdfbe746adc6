"""Which of a person's work contracts an hour falls under."""

from collections import defaultdict

from ...engine.checks import Period


def contract_finder(env, participant_ids):
    """A function ``(participant id, clause id, day) -> work contract id or False``, from one query.

    sudo: it only tells which of a person's contracts an hour on a clause falls under.
    """
    contracts = defaultdict(list)
    Employment = env["clause.insertion.employment"].sudo()
    for employment in Employment.search([("participant_id", "in", list(participant_ids))]):
        period = Period(employment.date_start, employment.date_end)
        for clause in employment.clause_ids:
            contracts[employment.participant_id.id, clause.id].append((period, employment.id))

    def find(participant_id, clause_id, day):
        return next((id_ for period, id_ in contracts[participant_id, clause_id] if day in period), False)

    return find
