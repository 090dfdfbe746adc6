import json

from psycopg2 import errors

from odoo.service import model as service
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.hours.clause_insertion_declaration import ClauseInsertionDeclaration
from ..common import PortalCase


class Failure(errors.SerializationFailure):
    """As PostgreSQL raises it."""

    pgcode = "40001"


def _fail(*_arguments):
    raise Failure("could not serialize access due to concurrent update")


@tagged("post_install", "-at_install")
class TestConcurrency(PortalCase):
    """Somebody else writes the same record again and again: after five tries, whoever asked is told in words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declaration = cls._new_declaration(cls._new_running_clause())

    def setUp(self):
        super().setUp()
        self.patch(service, "MAX_TRIES_ON_CONCURRENCY_FAILURE", 1)
        self.patch(ClauseInsertionDeclaration, "action_submit", _fail)

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_on_the_portal(self):
        self._login(self.user_contractor)
        answer = self._post(f"{self.declaration.access_url}/save", submit="1")
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Try again in a minute", answer.text)
        self.assertNotIn("could not serialize", answer.text)

    @mute_logger("odoo.http")
    def test_in_the_back_office(self):
        self._login(self.user_contractor)
        call = {
            "model": self.declaration._name,
            "method": "action_submit",
            "args": [self.declaration.ids],
            "kwargs": {},
        }
        answer = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": call}),
            headers={"Content-Type": "application/json"},
        )
        error = answer.json()["error"]["data"]
        self.assertEqual(error["name"], "odoo.exceptions.UserError", "shown as a message, not as a crash")
        self.assertIn("Try again in a minute", error["message"])
        self.assertNotIn("could not serialize", error["message"])
