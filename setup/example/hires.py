"""The people of today: the relays know their names, the contractors hire them."""

from datetime import date
from random import Random

from faker import Faker

from odoo import fields

from .people import describe
from .plan import SEED
from .region import PLACES


class Hiring:
    """Relays meet people and write down their work contracts, with their own rights."""

    def __init__(self, region, contract_end):
        self.region = region
        self.contract_end = contract_end
        self.rng = Random(SEED)
        self.fake = Faker("fr_FR")
        self.fake.seed_instance(SEED)

    def meet(self, area, **values):
        """A person comes to the relay of ``area``."""
        relay = self.region.facilitators[area]
        identity = self.region.as_user(relay.login)["clause.insertion.identity"]._enrol(
            {**self._facts(relay, area), **values}
        )
        return identity.participant_id

    def _facts(self, relay, area):
        facts = describe(self.region, self.rng, area, fields.Date.today())
        is_woman, birth_year = facts["gender"] == "female", facts.pop("birth_year")
        return {
            **facts,
            "firstname": self.fake.first_name_female() if is_woman else self.fake.first_name_male(),
            "lastname": f"{self.fake.last_name()} (exemple)",
            "birthdate": date(birth_year, self.rng.randint(1, 12), self.rng.randint(1, 28)),
            "phone": f"06 39 98 {self.rng.randint(0, 99):02} {self.rng.randint(0, 99):02}",  # kept for fiction
            "email": f"personne{self.rng.randint(100, 999)}@personnes.example",
            "city": PLACES[area].city,
            "zip": PLACES[area].zip,
        }

    def hire(self, area, clause, **values):
        """The clause's contractor hires somebody whom the relay has met."""
        participant = self.meet(area, **values)
        self._sign(participant, participant.env, clause, fields.Date.today())
        return participant

    def share(self, participant, contractor, clause, start):
        """The contractor writes on the portal that the person works on another of its clauses as well."""
        self._sign(participant, contractor, clause, start)

    def _sign(self, participant, env, clause, start):
        employment = env["clause.insertion.employment"].create(
            {
                "participant_id": participant.id,
                "clause_ids": clause.ids,
                "date_start": start,
                "date_end": self.contract_end,
                "contract_type": "FIXED_TERM",
            }
        )
        if employment.state == "draft":  # whatever is written on the portal
            employment.with_user(participant.env.user).action_confirm()
