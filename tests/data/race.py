"""Many people press at once, each in a transaction of its own. Run by Odoo's shell, which gives ``env``.

Prints, for each story, what the presses were answered: "ok", or the error.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import patch

from odoo import api
from odoo.service import model as service

from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.clause_insertion.tests.common import InsertionCommon

MONTHS = ("2026-07-01", "2026-08-01", "2026-09-01")
AT_ONCE = 12
registry = env.registry
# Without website, whoever gets a message may make an account: as Odoo installs it.
assert env["res.users"]._get_signup_invitation_scope() == "b2c"


class Story(InsertionCommon):
    pass


Story.env = env
with patch.object(BaseCommon, "setUpClass"):
    Story.setUpClass()


def press(barrier, user, record, method, *arguments):
    """One press of a button, as Odoo's web requests run it."""
    try:
        with registry.cursor() as cr:
            own = api.Environment(cr, user.id, {"lang": "en_US"})
            barrier.wait(60)
            service.retrying(lambda: getattr(own[record._name].browse(record.ids), method)(*arguments) and None, own)
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"
    return "ok"


def at_once(presses):
    """Press all of ``[(user, record, method, *arguments)]`` at the same time."""
    env.cr.commit()
    barrier = Barrier(len(presses))
    with ThreadPoolExecutor(len(presses)) as pool:
        answers = list(pool.map(lambda one: press(barrier, *one), presses))
    env.invalidate_all()
    env.cr.rollback()
    return answers


def declarations():
    """Each of a clause of its own, all of one contractor and one relay."""
    for _number in range(AT_ONCE):
        clause = Story._new_running_clause()
        person = Story._new_participant()
        Story._new_employment(person, clause, date_start="2026-07-01")
        yield Story._new_declaration(clause, MONTHS[0], {person: 7})


months = list(declarations())
story = {}
with patch.object(service, "MAX_TRIES_ON_CONCURRENCY_FAILURE", 1):  # nobody stands in anybody's way: no second try
    story["different months submitted"] = at_once([(Story.user_contractor, one, "action_submit") for one in months])
    story["different months validated"] = at_once([(Story.user_portal_relay, one, "action_validate") for one in months])
# Two presses of the same button by the same person: the second is run again, and finds it done.
clause = Story._new_running_clause()
person = Story._new_participant()
hire = Story._new_employment(person, clause, date_start="2026-07-01")
month = Story._new_declaration(clause, MONTHS[1], {person: 7})
asked = Story._new_request(clause)
relay, contractor, officer = Story.user_portal_relay, Story.user_contractor, Story.user_officer
contract = {"date_start": "2026-11-02", "execution_mode": "direct"}
with patch("time.sleep"):
    story["double click"] = {}
    for one in (
        (contractor, month, "action_submit"),
        (relay, month, "action_validate"),
        (relay, asked, "action_propose", person.ids),
        (contractor, asked.candidate_ids, "action_hire", contract),
        (officer, clause, "action_strike_balance"),
        (officer, clause, "action_certify"),
    ):
        record = one[1] if one[1] else asked.candidate_ids
        story["double click"][one[2]] = at_once([(one[0], record, *one[2:])] * 2)
story["made"] = [
    len(month.message_ids.filtered("notified_partner_ids")),
    len(asked.candidate_ids),
    len(clause.employment_ids),
    len(clause.certificate_ids),
]
print("ANSWERS", json.dumps(story))
