"""The clauses that run today and their last months, lived month by month with the rights of those who act."""

from datetime import datetime, time, timedelta
from random import Random
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields

from .consultations import request
from .hires import Hiring
from .plan import SEED

HISTORY = (4, 3, 2)  # months ago: declared and validated. The month before this one still waits.
ANSWER_DAY = timedelta(days=11)  # into the next month


class Running(NamedTuple):
    area: str
    contractor: str
    trade: str
    amount: float
    title: str
    zip: str
    lever: str = "execution"


RUNNING = {
    "walls": Running("86", "masonry", "masonry", 3_600_000, "Lycée des Trois-Chênes, gros œuvre", "86000"),
    "boarding": Running("86", "masonry", "building", 1_400_000, "Internat de la Belle-Étoile, extension", "86000"),
    "school": Running("86", "masonry", "building", 150_000, "CFA du Vieux-Pont, stages", "86000", "training"),
    "station": Running("86", "masonry", "roads", 300_000, "Halte ferroviaire en Haute-Vienne", "87000"),
    "paint": Running("17", "painting", "painting", 1_800_000, "Lycée des Quatre-Vents, peinture", "17000"),
    "amended": Running("17", "painting", "painting", 600_000, "Internat du Marais-Bleu, peinture", "17000"),
}
CONTRACTOR_LOGINS = {"86": "entreprise", "17": "entreprise-17"}


def on(day):
    """What happens inside happens on that day."""
    return freeze_time(datetime.combine(day, time(9)))


def create_running(region, products):
    """Hours validated, waiting, refused and in preparation."""
    life = Life(region)
    with on(life.month(5) + ANSWER_DAY):
        life.start(products)
    with on(life.month(4)):
        life.hire_everybody()
    for ago in HISTORY:
        with on(life.month(ago - 1) + ANSWER_DAY):
            life.count_month(ago)
    life.wait_for_answers()
    life.amend()
    return life


class Life:
    def __init__(self, region):
        self.region = region
        self.today = fields.Date.today()  # the real one, however often the clock is turned back below
        self.rng = Random(SEED)
        self.hiring = Hiring(region, contract_end=self.month(-4) - timedelta(days=1))
        self.clauses = {}
        self.people = {}  # by clause

    def month(self, ago):
        """First day of the month, so many months ago."""
        return self.today.replace(day=1) - relativedelta(months=ago)

    def start(self, products):
        """The orders are placed and their clauses start."""
        for key, running in RUNNING.items():
            partner = self.region.contractors[running.area, running.contractor]
            env = self.region.as_user("acheteur")
            product, title = products[running.trade], f"{running.title} (exemple)"
            order = request(env, partner, product, running.amount, title, date_planned=self.today + timedelta(days=350))
            self.clauses[key] = env["clause.insertion"].create(
                {
                    "purchase_order_id": order.id,
                    "trade_id": self.region.trade(running.trade).id,
                    "lever": running.lever,
                    "place_zip": running.zip,
                }
            )
            order.button_confirm()

    def hire_everybody(self):
        counts = {"walls": 3, "boarding": 2, "school": 1, "paint": 3, "amended": 1}
        for key, count in counts.items():
            self.people[key] = [self.hire(key) for _ in range(count)]
        # Hired under another clause two years ago: this person's last month no longer counts.
        self.people["walls"].append(self.hire("walls", eligibility_start=self.month(25)))
        # Hired for one clause, and working on another of the same contractor since last month.
        person = self.hire("walls")
        self.hiring.share(person, self.contractor("station"), self.clauses["station"], self.month(1))
        self.people["station"] = [person]
        self.hiring.meet("86")

    def hire(self, key, **values):
        return self.hiring.hire(RUNNING[key].area, self.clauses[key], **values)

    def contractor(self, key):
        return self.region.as_user(CONTRACTOR_LOGINS[RUNNING[key].area])

    def count_month(self, ago):
        """The contractors declare, the relays validate."""
        for key in ("walls", "paint", "amended"):
            self.answerer(self.declare(key, ago)).action_validate()
        if ago == HISTORY[-1]:
            self.answerer(self.declare("boarding", ago)).action_validate()

    def declare(self, key, ago, hours=None, submit=True):
        """The contractor's month: everybody it hired, for the hours given or for about three quarters of the time."""
        env = self.contractor(key)
        declaration = env["clause.insertion.declaration"].create(
            {"clause_id": self.clauses[key].id, "month": self.month(ago)}
        )
        hours = hours or [self.rng.randrange(180, 300) / 2 for _ in self.people[key]]
        env["account.analytic.line"].create(
            [
                {
                    "insertion_declaration_id": declaration.id,
                    "insertion_participant_id": participant.id,
                    "unit_amount": number,
                    "insertion_kind": "training" if RUNNING[key].lever == "training" else "work",
                    "insertion_is_monthly": True,
                    "date": min(self.month(ago - 1) - timedelta(days=1), self.today),
                }
                for participant, number in zip(self.people[key], hours, strict=True)
            ]
        )
        if submit:
            declaration.action_submit()
        return declaration

    def answerer(self, declaration):
        """The declaration as seen by whoever validates it: the relay, else the Region."""
        relays = {relay: self.region.facilitators[area] for area, relay in self.region.relays.items()}
        return declaration.with_user(relays.get(declaration.sudo().facilitator_id, self.region.users["charge-mission"]))

    def wait_for_answers(self):
        """Last month: one declaration to look at closely, two clean ones, one to correct, one being written."""
        self.declare("walls", 1, hours=[140, 214, 133.5, 120])  # above the cap; no longer eligible
        self.declare("paint", 1)
        self.declare("station", 1)
        self.answerer(self.declare("boarding", 1)).action_refuse("Joindre le relevé d'heures signé du mois.")
        self.declare("school", 0, hours=[35], submit=False)

    def amend(self):
        """An amendment has raised an order's amount: the officer has to decide whether the hours follow."""
        order = self.clauses["amended"].purchase_order_id
        order.order_line.price_unit *= 1.3
