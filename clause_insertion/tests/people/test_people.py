from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestPeople(InsertionCommon):
    """A facilitator registers people; everybody else knows a pseudonym."""

    def test_facilitator_registers_a_person(self):
        form = Form(self.env["clause.insertion.identity"].with_user(self.user_facilitator))
        form.firstname, form.lastname = "Lou", "Exemple"
        form.birthdate = "2002-05-04"
        form.gender = "female"
        identity = form.save()
        person = identity.participant_id
        self.assertRegex(person.name, r"^P-\d{6}$")
        self.assertEqual(person.facilitator_id, self.relay)
        self.assertEqual(person.birth_year, 2002)
        self.assertEqual(person.person_name, "Lou Exemple")
        self.assertEqual(person.display_name, person.name)

    def test_period_of_24_months_from_the_first_hire(self):
        person = self._new_participant()
        clause = self._new_running_clause()
        self.assertFalse(person.eligibility_start)
        self._new_employment(person, clause, "2025-03-15")
        self.assertEqual(str(person.eligibility_end), "2027-03-14")
        self._new_employment(person, clause, "2026-06-01")
        self.assertEqual(str(person.eligibility_start), "2025-03-15")

    def test_month_ends(self):
        clause = self._new_running_clause()
        for start, end in (("2024-02-29", "2026-02-27"), ("2024-08-31", "2026-08-30")):
            person = self._new_participant()
            self._new_employment(person, clause, start)
            self.assertEqual(str(person.eligibility_end), end)

    def test_length_is_a_dated_parameter(self):
        self.env["clause.insertion.parameter"].create(
            {"code": "eligibility_months", "date_from": "2026-01-01", "value": 12}
        )
        person = self._new_participant()
        self._new_employment(person, self._new_running_clause(), "2026-02-01")
        self.assertEqual(str(person.eligibility_end), "2027-01-31")

    @freeze_time("2026-06-15")
    def test_proof_must_be_fresh_on_the_day_of_hire(self):
        rsa = self.env.ref("clause_insertion.public_rsa")
        person = self._new_participant(
            proof_ids=[(0, 0, {"public_id": rsa.id, "issued_on": "2026-01-15", "seen_on": "2026-02-01"})]
        )
        self.assertEqual(person.public_ids, rsa)
        clause = self._new_running_clause()
        self._new_employment(person, clause, "2026-04-14")
        self.assertTrue(person.is_proven)
        late = self._new_participant(
            proof_ids=[(0, 0, {"public_id": rsa.id, "issued_on": "2026-01-15", "seen_on": "2026-02-01"})]
        )
        self._new_employment(late, clause, "2026-04-15")
        self.assertFalse(late.is_proven)

    def test_a_proof_ages_until_the_first_hire(self):
        rsa = self.env.ref("clause_insertion.public_rsa")
        proof = {"public_id": rsa.id, "issued_on": "2026-01-15", "seen_on": "2026-01-20"}
        with freeze_time("2026-04-14"):
            person = self._new_participant(proof_ids=[(0, 0, proof)])
            self.assertTrue(person.is_proven)
            self.assertIn(person, person.search([("is_proven", "=", True)]))
        person.invalidate_recordset()
        with freeze_time("2026-04-15"):
            self.assertFalse(person.is_proven)
            self.assertNotIn(person, person.search([("is_proven", "=", True)]))
            self.assertIn(person, person.search([("is_proven", "=", False)]))

    def test_proof_dates_make_sense(self):
        rsa = self.env.ref("clause_insertion.public_rsa")
        person = self._new_participant()
        for dates in ({"seen_on": "2999-01-01"}, {"issued_on": "2026-03-02", "seen_on": "2026-03-01"}):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.env["clause.insertion.proof"].create({"participant_id": person.id, "public_id": rsa.id, **dates})

    def test_birth_year_makes_sense(self):
        with self.assertRaises(ValidationError):
            self._new_participant(birthdate="2020-01-01")

    @mute_logger("odoo.sql_db")
    def test_work_contract_dates(self):
        person, clause = self._new_participant(), self._new_running_clause()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._new_employment(person, clause, "2026-09-02", date_end="2026-09-01")

    def test_employer(self):
        person, clause = self._new_participant(), self._new_running_clause()
        direct = self._new_employment(person, clause)
        self.assertEqual(direct.employer_id, self.contractor)
        agency = self._new_company_partner("Intérim Solidaire (fictif)", insertion_siae_kind="ETTI")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._new_employment(person, clause, employer_id=agency.id)
        provided = self._new_employment(person, clause, employer_id=agency.id, execution_mode="provision")
        self.assertEqual(provided.contractor_ids, self.contractor)

    def test_contractor_records_a_hire_and_the_relay_confirms(self):
        person, clause = self._new_participant(), self._new_running_clause()
        self._new_request(clause).with_user(self.user_facilitator).action_propose(person.ids)
        employment = (
            self.env["clause.insertion.employment"]
            .with_user(self.user_contractor)
            .create({"participant_id": person.id, "clause_ids": clause.ids, "date_start": "2026-09-01"})
        )
        self.assertEqual(employment.state, "draft")
        self.assertFalse(person.eligibility_start)
        with self.assertRaises(UserError):
            employment.action_confirm()
        with self.assertRaises(UserError):
            employment.state = "confirmed"
        employment.with_user(self.user_facilitator).action_confirm()
        self.assertEqual(str(person.eligibility_start), "2026-09-01")
        with self.assertRaises(AccessError):
            employment.with_user(self.user_contractor).date_start = "2026-08-01"

    def test_person_with_contracts_is_kept(self):
        person = self._new_participant()
        self._new_employment(person, self._new_running_clause())
        with self.assertRaises(UserError):
            person.unlink()
