"""The Region and its relays: conventions, charter, a meeting, a training session, objectives of the year."""

from datetime import datetime, time

from dateutil.relativedelta import relativedelta

from odoo import Command, fields

OFFICER = "charge-mission"
CHARTER = """
<p>Les signataires de cette charte, inventée pour l'exemple, conviennent de :</p>
<ul>
    <li>proposer une clause dans chaque marché où elle est possible ;</li>
    <li>répondre sous dix jours à une demande de candidats ;</li>
    <li>accueillir chaque personne avec un tuteur nommé.</li>
</ul>
"""


def create_network(region) -> None:
    env = region.as_user(OFFICER)
    env = env(context={**env.context, "dont_notify": True})
    create_conventions(region, env)
    charter = create_charter(region, env)
    create_meeting(region, env, charter)
    create_training(region, env)
    create_objectives(env)


def create_conventions(region, env) -> None:
    """Each relay has one since January, but the last: its convention has ended, and was not renewed."""
    january = fields.Date.today().replace(month=1, day=1)
    conventions = env["clause.insertion.convention"].create(
        [
            {
                "partner_id": relay.id,
                "date_signed": january - relativedelta(days=20),
                "date_start": january,
                "date_end": january + relativedelta(years=1, days=-1),
                "renewal_kind": "tacit",
                "notice_months": 2,
                "hours_objective": 6000 if number < 2 else 3000,
                "people_objective": 30 if number < 2 else 15,
            }
            for number, relay in enumerate(region.relays.values())
        ]
    )
    conventions[-1].write(
        {
            "date_signed": january - relativedelta(years=1, days=20),
            "date_start": january - relativedelta(years=1),
            "date_end": january - relativedelta(days=1),
            "renewal_kind": "express",
        }
    )


def create_charter(region, env):
    today = fields.Date.today()
    charter = env["clause.insertion.charter"].create({"name": "Charte de bonnes pratiques (exemple)", "body": CHARTER})
    charter.action_publish()
    charter.action_invite_relays()
    charter.signatory_ids = [
        Command.create({"partner_id": prescriber.id, "kind": "employment"})
        for (_area, key), prescriber in region.prescribers.items()
        if key == "all"
    ]
    for signatory in charter.signatory_ids[:-3]:
        signatory.date_signed = today - relativedelta(months=5)
    return charter


def create_meeting(region, env, charter) -> None:
    start = datetime.combine(fields.Date.today() - relativedelta(months=1), time(8))
    meeting = env["clause.insertion.meeting"].create(
        {
            "name": "Réunion annuelle des relais (exemple)",
            "start": start,
            "stop": start + relativedelta(hours=3),
            "location": "Hôtel de la Région, Poitiers",
        }
    )
    meeting.action_invite_relays()
    meeting.action_all_present()
    meeting.minutes = "<p>Bilan des neuf premiers mois ; délais de réponse ; formation des tuteurs.</p>"
    relay = region.relays["86"]
    meeting.decision_ids = [
        Command.create(
            {
                "name": "Partager la liste des tuteurs formés",
                "owner_id": relay.id,
                "date_due": fields.Date.today() + relativedelta(days=20),
            }
        ),
        Command.create({"name": "Visiter chaque chantier dans le premier mois", "charter_id": charter.id}),
    ]


def create_training(region, env) -> None:
    start = datetime.combine(fields.Date.today() + relativedelta(days=24), time(8))
    training = env["clause.insertion.training"].create(
        {
            "name": "Accueillir une personne sous clause",
            "audience": "tutors",
            "date_start": start,
            "date_stop": start + relativedelta(hours=7),
            "place": "Poitiers",
            "seats": 12,
        }
    )
    training.invited_ids = region.contractors["86", "masonry"] | region.contractors["17", "painting"]
    training.action_invite_relays()
    training.action_open()


def create_objectives(env) -> None:
    env["clause.insertion.objective"].create(
        [
            {"measure": "lots", "target": 20},
            {"measure": "hours_due", "contract_kind": "works", "target": 10_000},
            {"measure": "hours", "target": 5000},
            {"measure": "people", "audience": "women", "target": 10},
        ]
    )
