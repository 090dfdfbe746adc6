from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestReminder(InsertionCommon):
    """Months are due on the 10th: a reminder from the 7th, another from the 15th, until the month is in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_contractor.partner_id.email = "portail@batisseurs.example"
        cls.contractor.email = "contact@batisseurs.example"
        with freeze_time("2026-08-03"):
            cls.clause = cls._new_running_clause(date_start="2026-08-03", date_end="2027-08-02")
        cls.env["clause.insertion"].search([("id", "!=", cls.clause.id)]).state = "done"
        cls.cron = cls.env.ref("clause_insertion.ir_cron_clause_insertion_reminder")

    def _mails(self, day):
        """The e-mails that the job queues on that day."""
        before = self.env["mail.mail"].search([])
        with freeze_time(f"{day} 06:00:00"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        return self.env["mail.mail"].search([]) - before

    def _declare(self, month, clause=None):
        declaration = self._new_declaration(clause or self.clause, month)
        declaration.with_user(self.user_contractor).action_submit()
        return declaration

    def test_on_which_days(self):
        days = [f"2026-10-{day:02}" for day in range(1, 32)]
        self.assertEqual([day for day in days if self._mails(day)], ["2026-10-07", "2026-10-15"])
        self.assertEqual(str(self.clause.reminded_on), "2026-10-15")

    def test_a_day_without_the_job_is_made_up_for(self):
        self.assertTrue(self._mails("2026-10-09"))
        self.assertFalse(self._mails("2026-10-09"), "never twice")
        self.assertTrue(self._mails("2026-10-20"))
        self.assertTrue(self._mails("2026-11-07"), "the next month has its own")

    def test_what_it_says(self):
        mail = self._mails("2026-10-07")
        self.assertEqual(mail.recipient_ids, self.user_contractor.partner_id)
        self.assertEqual(mail.subject, "Insertion hours of September 2026: to declare by 10/10/2026")
        for shown in (self.clause.name, self.clause.contract_name, self.clause.access_url, "September 2026"):
            self.assertIn(shown, mail.body_html)
        self.assertIn("not received yet", self._mails("2026-10-15").subject)

    def test_nothing_personal(self):
        person = self._new_participant(firstname="Camille", lastname="Introuvable")
        with freeze_time("2026-10-01"):
            self._new_employment(person, self.clause)
            self._new_declaration(self.clause, "2026-09-01", {person: 30})
        for mail in (self._mails("2026-10-07"), self._mails("2026-10-15")):
            for hidden in ("Introuvable", "Camille", person.name):
                self.assertNotIn(hidden, mail.subject + mail.body_html)

    def test_stops_when_the_month_is_in(self):
        with freeze_time("2026-10-06"):
            declaration = self._declare("2026-09-01")
        self.assertFalse(self._mails("2026-10-07"))
        with freeze_time("2026-10-08"):
            declaration.with_user(self.user_facilitator).action_refuse("Illisible")
        self.assertTrue(self._mails("2026-10-15"), "refused, it is not in")
        with freeze_time("2026-10-16"):
            declaration.with_user(self.user_contractor).action_submit()
            declaration.with_user(self.user_facilitator).action_validate()
        self.clause.reminded_on = False
        self.assertFalse(self._mails("2026-10-17"))

    def test_only_while_the_clause_runs(self):
        for values in ({"date_end": "2026-08-31"}, {"date_start": "2026-10-01"}):
            before = {name: self.clause[name] for name in values}
            self.clause.write(values)
            self.assertFalse(self._mails("2026-10-07"), values)
            self.clause.write(before)
        self.clause.action_strike_balance()
        self.assertFalse(self._mails("2026-10-07"))

    def test_one_mail_for_all_the_clauses_of_a_contractor(self):
        with freeze_time("2026-08-03"):
            second = self._new_running_clause(date_start="2026-08-03")
            elsewhere = self._new_running_clause(partner=self.other_contractor, date_start="2026-08-03")
        self.other_contractor.email = "contact@peintres.example"
        self.user_other_contractor.active = False
        mails = self._mails("2026-10-07")
        self.assertEqual(len(mails), 2)
        own = mails.filtered(lambda mail: self.clause.name in mail.body_html)
        self.assertIn(second.name, own.body_html)
        self.assertNotIn(elsewhere.name, own.body_html)
        self.assertEqual((mails - own).recipient_ids, self.other_contractor, "no portal user: the company's address")

    def test_without_an_address_it_is_tried_again(self):
        (self.contractor | self.user_contractor.partner_id).email = False
        self.assertFalse(self._mails("2026-10-07"))
        self.contractor.email = "contact@batisseurs.example"
        self.assertTrue(self._mails("2026-10-08"))

    def test_in_the_contractor_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.contractor.lang = "fr_FR"
        template = self.env.ref("clause_insertion.mail_template_reminder_before")
        template.with_context(
            lang="fr_FR"
        ).subject = "À déclarer : {{ format_date(ctx.get('insertion_month'), date_format='MMMM y') }}"
        self.assertEqual(self._mails("2026-10-07").subject, "À déclarer : septembre 2026")

    def test_without_its_parameters_nothing_is_sent(self):
        self.env["clause.insertion.parameter"].search([("code", "=", "declaration_reminder_after")]).unlink()
        self.assertFalse(self._mails("2026-10-07"))
