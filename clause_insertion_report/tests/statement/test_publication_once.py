from unittest.mock import patch

from psycopg2.errors import LockNotAvailable, UniqueViolation

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.clause_insertion.models.hours.res_company import RECORDING, ResCompany

from ..common import FiguresCommon


@tagged("post_install", "-at_install")
class TestPublicationOnce(FiguresCommon):
    """A statement is published once, with a number; it waits for what is being validated; it may be withdrawn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.chloe = cls._hire(cls.north), cls._hire(cls.south)
        cls.first = cls._work(cls.north, {cls.anna: 8.4})

    def _publish(self, on="2026-01-20 09:00:00", as_of=None, **values):
        with freeze_time(on):
            question = self._statement(as_of=as_of or on, user=self.user_officer)
            question.write(values)
            action = question.action_publish()
        return self.env["clause.insertion.publication"].with_user(self.user_officer).browse(action["res_id"])

    # -- once --------------------------------------------------------------------------------------

    def test_four_clicks_make_one(self):
        publications = [self._publish(f"2026-01-20 09:00:0{second}") for second in range(4)]
        self.assertEqual(len(set(publications)), 1)
        self.assertEqual(publications[0].number, 1)

    def test_other_figures_have_another_number(self):
        first = self._publish()
        self._validate(self._declare(self.south, {self.chloe: 20}, on="2026-01-20 10:00:00"), "2026-01-20 11:00:00")
        second = self._publish("2026-01-20 12:00:00")
        self.assertNotEqual(first, second)
        self.assertEqual((first.number, second.number, second.hours_validated), (1, 2, 28.4))
        self.assertIn("no. 2", second.display_name)
        self.assertIn("Publication no. 2", second._document().head)
        self.assertNotIn("Publication no. 1", first._document().head)
        self.assertEqual(self._publish("2026-01-20 13:00:00"), second)

    def test_another_day_is_another_statement(self):
        """Of the same figures: "as of" is printed on it."""
        self.assertEqual([self._publish(f"2026-01-{day} 09:00:00").number for day in (20, 21)], [1, 2])

    def test_a_part_has_its_own_numbers(self):
        whole = self._publish()
        relays = [
            self._publish(scope="facilitator", facilitator_id=relay.id) for relay in self.relay | self.other_relay
        ]
        self.assertEqual([publication.number for publication in (whole, *relays)], [1, 1, 1])
        self.assertEqual(self._publish(scope="facilitator", facilitator_id=self.relay.id), relays[0])

    def test_an_archived_one_is_found_again(self):
        publication = self._publish()
        publication.active = False
        self.assertEqual(self._publish(), publication)

    def test_two_with_one_number(self):
        """Published side by side, where nothing else has stopped it."""
        publication = self._publish()
        with self.assertRefused(UniqueViolation, "one_number"), self.cr.savepoint():
            self.env.cr.execute(
                """
                INSERT INTO clause_insertion_publication
                       (company_id, year, as_of, scope, number, published_on, figures_until, published_by, figures)
                SELECT company_id, year, as_of, scope, number, published_on, figures_until, published_by, figures
                  FROM clause_insertion_publication WHERE id = %s
                """,
                [publication.id],
            )

    # -- what is in flight -------------------------------------------------------------------------

    def _try_lock(self, function):
        with self.env.registry.cursor() as other:
            other.execute(f"SELECT pg_try_{function}(%s, %s)", [RECORDING, self.company.id])
            return other.fetchone()[0]

    def test_validations_go_side_by_side_and_publication_waits(self):
        declaration = self._declare(self.south, {self.chloe: 20})
        self.assertTrue(self._try_lock("advisory_xact_lock_shared"))
        self._validate(declaration)
        self.assertTrue(self._try_lock("advisory_xact_lock_shared"), "another validation goes on")
        self.assertFalse(self._try_lock("advisory_xact_lock"), "a publication waits")

    def test_publication_waits_for_what_is_in_flight(self):
        """Another transaction is validating: nothing is published before it is over."""
        with self.env.registry.cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [RECORDING, self.company.id])
            self.env.cr.execute("SET LOCAL lock_timeout = '200ms'")
            try:
                with self.assertRefused(LockNotAvailable, "lock timeout"), self.cr.savepoint():
                    self._publish()
            finally:
                other.rollback()
        self.env.cr.execute("SET LOCAL lock_timeout = 0")
        self.assertTrue(self._publish())

    def test_nothing_is_validated_during_a_publication(self):
        self._publish()
        self.assertFalse(self._try_lock("advisory_xact_lock_shared"))

    def test_what_it_did_not_see_makes_it_begin_again(self):
        """Committed between the first look of the transaction and its turn: Odoo tries the request again."""
        seen = ResCompany._recorded

        def recorded(company, cr):
            lines, acts = seen(company, cr)
            return (lines, acts) if cr is company.env.cr else (lines + 10**6, acts)

        with patch.object(ResCompany, "_recorded", recorded), self.assertRefused(ConcurrencyError, "try again"):
            self._publish()
        self.assertEqual(self._publish().number, 1)

    # -- withdrawn ---------------------------------------------------------------------------------

    def test_withdrawn_with_a_reason(self):
        publication = self._publish()
        before = publication._statement()
        action = publication.action_withdraw()
        form = Form(self.env[action["res_model"]].with_user(self.user_officer).with_context(**action["context"]))
        form.reason = "Published before the last validations"
        with freeze_time("2026-02-01 23:30:00"):  # the day after in Paris
            form.save().action_confirm()
        self.assertEqual((str(publication.withdrawn_on), publication.withdrawn_by), ("2026-02-02", self.user_officer))
        self.assertEqual(publication._statement(), before)
        [said] = [text for text in publication._document().head if "Withdrawn" in text]
        self.assertIn("Published before the last validations", said)
        self.assertIn("withdrawn", publication.display_name)
        with self.assertRefused(UserError, "already withdrawn"):
            publication.action_withdraw("Again")

    def test_after_a_withdrawal_the_same_figures_may_come_out(self):
        first = self._publish()
        first.action_withdraw("Wrong cover page (fictive)")
        second = self._publish()
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual(self._publish(), second)

    def test_who_withdraws(self):
        publication = self._publish()
        for user in (self.user_reader, self.user_facilitator, self.user_contractor, self.user_buyer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                publication.with_user(user).action_withdraw("No")
        for door in (publication.with_user(self.user_manager), publication.sudo()):
            with self.assertRefused(UserError, "does not change"):
                door.write({"withdrawn_on": False})
            with self.assertRefused(UserError, "does not change"):
                door.write({"number": 7})
