from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon

END, NOTICE = (f"clause_insertion.mail_activity_type_convention_{kind}" for kind in ("end", "notice"))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestConventionRenewal(InsertionCommon):
    """Years go by, and the daily job runs: states change at the dates, tacit renewals follow, reminders come before."""

    def _run(self, day):
        with freeze_time(f"{day} 06:00:00"), self.enter_registry_test_mode():
            self.env.ref("clause_insertion.ir_cron_convention").method_direct_trigger()

    def _reminders(self, convention, kind):
        return convention.activity_search([kind], user_id=self.user_officer.id)

    def test_poitou_charentes(self):
        """April 2009, annual and renewed three times by tacit agreement, then in 2013 for three years."""
        with freeze_time("2009-03-25"):
            first = self._new_convention(
                date_signed="2009-03-20", date_start="2009-04-01", renewal_kind="tacit", renewal_limit=3
            )
        self.assertEqual(first.state, "draft", "signed, not begun")
        self._run("2009-04-01")
        self.assertEqual(first.state, "running")
        for year in (2010, 2011, 2012):
            self._run(f"{year}-04-01")
        last = first.renewal_ids.renewal_ids.renewal_ids
        self.assertEqual([str(day) for day in (last.date_start, last.date_end)], ["2012-04-01", "2013-03-31"])
        self.assertEqual((last.state, last.renewal_rank, last.date_signed), ("running", 3, first.date_signed))
        self.assertEqual(first.state, "renewed")
        with freeze_time("2013-02-11"):
            last.with_user(self.user_officer).action_renew()
            renewal = last.renewal_ids
            self.assertEqual((renewal.state, renewal.date_signed), ("draft", False))
            renewal.write({"date_end": "2016-03-31", "date_signed": "2013-02-11", "renewal_kind": "express"})
        self._run("2013-03-31")
        self.assertEqual((last.state, renewal.state), ("running", "draft"), "the last day is included")
        self._run("2013-04-01")
        self.assertEqual((last.state, renewal.state, renewal.months), ("renewed", "running", 36))
        self._run("2016-04-01")
        self.assertEqual(renewal.state, "expired")
        self.assertFalse(renewal.renewal_ids)

    def test_days_without_the_job_are_made_up_for(self):
        convention = self._new_convention(date_start="2023-04-01", renewal_kind="tacit")
        self._run("2026-10-05")
        chain = convention | convention.renewal_ids | convention.renewal_ids.renewal_ids
        chain |= chain.renewal_ids
        self.assertEqual(chain.sorted("date_start").mapped("state"), ["renewed", "renewed", "renewed", "running"])

    def test_interrupted_it_goes_on_with_the_rest(self):
        conventions = self._new_convention(date_start="2026-04-01") | self._new_convention(self.other_relay)
        type(conventions)._daily_batch, size = 1, type(conventions)._daily_batch
        self.addCleanup(setattr, type(conventions), "_daily_batch", size)
        with freeze_time("2027-04-01"):
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0):
                conventions._run_daily()
            self.assertEqual(sorted(conventions.mapped("state")), ["expired", "running"])
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60):
                conventions._run_daily()
        self.assertEqual(conventions.mapped("state"), ["expired", "expired"])

    def test_notice_stops_a_tacit_renewal(self):
        convention = self._new_convention(renewal_kind="tacit")
        convention.denounced_on = "2026-09-30"
        self._run("2027-04-01")
        self.assertEqual((convention.state, len(convention.renewal_ids)), ("expired", 0))

    def test_tacit_renewal_for_another_length(self):
        convention = self._new_convention(renewal_kind="tacit", renewal_months=36)
        self._run("2027-04-01")
        self.assertEqual(str(convention.renewal_ids.date_end), "2030-03-31")

    def test_tacit_renewal_that_would_overlap_waits_for_an_officer(self):
        convention = self._new_convention(renewal_kind="tacit")
        self._new_convention(self.other_relay, date_start="2027-04-01", territory_ids=self.vienne.ids)
        self._run("2027-04-01")
        self.assertEqual((convention.state, convention.renewal_kind), ("expired", "express"))
        self.assertTrue(convention.message_ids.filtered(lambda message: "already covered" in (message.body or "")))
        self.assertEqual(len(self._reminders(convention, END)), 1)

    def test_renewed_once(self):
        convention = self._new_convention()
        self.assertEqual(convention.action_renew(), convention.action_renew(), "pressed again, it shows the same")
        self.assertEqual(len(convention.renewal_ids), 1)

    # -- reminders -----------------------------------------------------------------------------------

    def test_reminders_before_the_dates(self):
        """It ends on 31 March 2027, notice until 31 December 2026: 30 days before one, 90 before the other."""
        convention = self._new_convention()
        self._run("2026-11-30")
        self.assertFalse(self._reminders(convention, NOTICE))
        for _twice in range(2):
            self._run("2026-12-01")
            self.assertEqual(str(self._reminders(convention, NOTICE).date_deadline), "2026-12-31")
        self.assertFalse(self._reminders(convention, END))
        self._run("2026-12-31")
        self.assertEqual(str(self._reminders(convention, END).date_deadline), "2027-03-31")

    def test_another_end_is_another_reminder(self):
        convention = self._new_convention()
        self._run("2027-01-15")
        convention.amendment_ids = [(0, 0, {"name": "Prolongation", "date_end": "2027-09-30"})]
        self._run("2027-07-15")
        self.assertEqual(len(self._reminders(convention, END)), 2)

    def test_no_reminder_of_what_goes_on_by_itself(self):
        convention = self._new_convention(renewal_kind="tacit")
        self._run("2027-01-15")
        self.assertFalse(self._reminders(convention, END), "tacit: only the notice matters")

    def test_decided_means_no_more_reminder(self):
        convention = self._new_convention()
        self._run("2026-12-31")
        self.assertTrue(self._reminders(convention, NOTICE) and self._reminders(convention, END))
        convention.action_renew()
        self.assertTrue(self._reminders(convention, END), "the renewal is not signed yet")
        with freeze_time("2027-01-10"):
            convention.renewal_ids.date_signed = "2027-01-10"
        self.assertFalse(self._reminders(convention, NOTICE) | self._reminders(convention, END))

    def test_dated_parameter_of_the_company(self):
        self.env["clause.insertion.parameter"].create(
            {"code": "convention_end_warning_days", "date_from": "2027-01-01", "value": 10}
        )
        convention = self._new_convention()
        self._run("2027-03-20")
        self.assertFalse(self._reminders(convention, END))
        self._run("2027-03-21")
        self.assertTrue(self._reminders(convention, END))

    def test_somebody_is_always_reminded(self):
        """Also where nobody follows it, or somebody who has left."""
        gone = self.user_officer.copy({"login": "gone", "active": False})
        conventions = self._new_convention(user_id=False) | self._new_convention(self.other_relay, user_id=gone.id)
        self._run("2027-01-15")
        for convention in conventions:
            reminded = convention.activity_search([END]).user_id
            self.assertTrue(reminded - gone)

    def test_notice_given_needs_no_reminder_of_it(self):
        convention = self._new_convention()
        self._run("2026-12-01")
        with freeze_time("2026-12-02"):
            convention.with_user(self.user_officer).denounced_on = "2026-12-02"
        self.assertFalse(self._reminders(convention, NOTICE))
        self._run("2026-12-15")
        self.assertFalse(self._reminders(convention, NOTICE))

    def test_another_notice_is_another_reminder(self):
        convention = self._new_convention()
        self._run("2026-12-01")
        self._reminders(convention, NOTICE).action_feedback("Pas de préavis")
        convention.invalidate_recordset()  # the job has its own environment
        convention.notice_months = 2
        self._run("2027-01-01")
        self.assertEqual(str(self._reminders(convention, NOTICE).date_deadline), "2027-01-31")
