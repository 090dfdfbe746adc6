"""The people of the past and their work contracts.

They have no identity: who they were is forgotten two years after their last hour, and the figures stay.
"""

from collections import defaultdict
from datetime import timedelta
from random import Random
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import Command

from .plan import SEED
from .region import PRESCRIBERS

WOMEN = 0.17
YOUNG, SENIOR = 26, 50
PUBLICS = {"rsa": 30, "deld": 16, "detld": 12, "cap_bep": 10, "th": 6, "qpv": 8, "zrr": 6, "plie": 8, "ref_da": 3}
EDUCATION = {"01": 12, "50": 40, "51": 12, "60": 8, "41": 12, "40": 6, "30": 4, "00": 6}
EXITS = {"sustainable": 30, "transition": 25, "positive": 20, "other": 25}


class Hire(NamedTuple):
    """How a person is hired: by the contractor, or by an employer of the kind named."""

    employer: str | None
    mode: str
    contract_type: str


HIRES = {
    Hire(None, "direct", "FIXED_TERM"): 30,
    Hire(None, "direct", "APPRENTICESHIP"): 8,
    Hire(None, "direct", "PERMANENT"): 5,
    Hire("ETTI", "provision", "TEMPORARY"): 22,
    Hire("GEIQ", "provision", "PROFESSIONAL_TRAINING"): 12,
    Hire("AI", "provision", "FIXED_TERM_USAGE"): 8,
    Hire("EI", "subcontract", "FIXED_TERM_I"): 8,
    Hire("ACI", "subcontract", "FIXED_TERM_I"): 7,
}
HIRED_BY_INCLUSION_CONTRACTOR = Hire(None, "direct", "FIXED_TERM_I")


def pick(rng, weights):
    """One of the keys of ``weights``."""
    return rng.choices(list(weights), list(weights.values()))[0]


def create_people(region, rows, clauses):
    """People and work contracts behind ``rows``; return ``{person: participant}``."""
    rng = Random(SEED)
    months, runs = defaultdict(list), defaultdict(list)
    for row in rows:
        months[row.person].append(row.month)
        runs[row.person, row.contract, row.month.year].append(row.month)  # months in a row
    participants = region.env["clause.insertion.participant"].create(
        [
            {
                **describe(region, rng, person.relay, min(worked)),
                "exit_kind": pick(rng, EXITS),
                "exit_date": max(worked) + relativedelta(months=1, days=-1),
            }
            for person, worked in months.items()
        ]
    )
    for area, relay in region.relays.items():  # whoever records a proof has seen it, unless it is the program
        followed = participants.filtered(lambda person, relay=relay: person.facilitator_id == relay)
        followed.proof_ids.seen_by_id = region.facilitators[area]
    people = dict(zip(months, participants, strict=True))
    region.env["clause.insertion.employment"].create(
        [
            _employment(region, rng, people[person], clauses[contract], person.relay, worked)
            for (person, contract, _year), worked in runs.items()
        ]
    )
    return people


def describe(region, rng, area, hired_on):
    """What the relay of ``area`` notes of a person, and the proofs that it saw shortly before the hire."""
    birth_year = hired_on.year - round(rng.triangular(18, 60, 27))
    publics = {pick(rng, PUBLICS), _public_of_age(hired_on.year - birth_year) or pick(rng, PUBLICS)}
    issued_on = hired_on - timedelta(days=rng.randint(15, 50))
    seen_on = hired_on - timedelta(days=rng.randint(1, 12))
    return {
        "facilitator_id": region.relays[area].id,
        "prescriber_id": region.prescribers[area, rng.choice(list(PRESCRIBERS))].id,
        "gender": "female" if rng.random() < WOMEN else "male",
        "birth_year": birth_year,
        "education_level": pick(rng, EDUCATION),
        "proof_ids": [
            Command.create(
                {
                    "public_id": region.data(f"public_{public}").id,
                    "issued_on": issued_on,
                    "seen_on": seen_on,
                }
            )
            for public in sorted(publics)
        ],
    }


def _public_of_age(age):
    if age < YOUNG:
        return "jeune"
    return "senior" if age >= SENIOR else None


def _employment(region, rng, participant, clauses, area, months):
    contractor = clauses.partner_id
    hire = HIRED_BY_INCLUSION_CONTRACTOR if contractor.insertion_siae_kind else pick(rng, HIRES)
    employer = region.employers[area, hire.employer] if hire.employer else contractor
    return {
        "participant_id": participant.id,
        "employer_id": employer.id,
        "clause_ids": [Command.set(clauses.ids)],
        "execution_mode": hire.mode,
        "contract_type": hire.contract_type,
        "date_start": min(months) + timedelta(days=rng.randint(0, 7)),
        "date_end": max(months) + relativedelta(months=1, days=-1),
    }
