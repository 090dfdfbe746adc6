from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestConventionFigures(InsertionCommon):
    """Clauses start, before or after a convention is signed: each keeps its own, which counts what they produce."""

    def _validate(self, clause, hours):
        for participant in hours:
            self._new_employment(participant, clause)
        declaration = self._new_declaration(clause, hours=hours)
        declaration.with_user(self.user_contractor).action_submit()
        declaration.with_user(self.user_facilitator).action_validate()
        return declaration.line_ids

    def test_kept_from_the_start(self):
        convention = self._new_convention()
        clause = self._new_clause()
        self.assertFalse(clause.convention_id, "it has not started")
        clause.purchase_order_id.button_confirm()
        self.assertEqual(clause.convention_id, convention)
        convention.date_end = "2026-10-05"
        with freeze_time("2026-10-06"):
            renewal = self._new_convention(date_start="2026-10-06", date_end="2027-10-05", renewal_of_id=convention.id)
            later = self._new_running_clause()
        self.assertEqual((clause.convention_id, later.convention_id), (convention, renewal))
        with self.assertRaises(UserError):
            clause.with_user(self.user_officer).convention_id = renewal

    def test_a_handover_does_not_change_it(self):
        convention = self._new_convention()
        clause = self._new_running_clause()
        self.env["clause.insertion.handover"].create(
            {"clause_id": clause.id, "to_id": self.other_relay.id, "reason": "Secteur"}
        )
        self._new_convention(self.other_relay)
        self.assertEqual((clause.facilitator_id, clause.convention_id), (self.other_relay, convention))

    def test_none_in_force(self):
        self._new_convention(date_signed=False)
        self._new_convention(self.other_relay)
        self.assertFalse(self._new_running_clause().convention_id)

    def test_recorded_late_it_finds_its_clauses(self):
        """Paper often comes after the fact; a clause handed over since started under another relay."""
        clause, handed_over = self._new_running_clause(), self._new_running_clause(facilitator_id=self.other_relay.id)
        self.env["clause.insertion.handover"].create(
            {"clause_id": handed_over.id, "to_id": self.relay.id, "reason": "Secteur"}
        )
        convention = self._new_convention(date_signed=False)
        self.assertFalse(clause.convention_id)
        convention.with_user(self.user_officer).date_signed = "2026-10-05"
        self.assertEqual(clause.convention_id, convention)
        self.assertFalse(handed_over.convention_id)
        with freeze_time("2025-01-15"):
            before = self._new_running_clause()
        convention.write({"date_start": "2026-05-01"})
        self.assertFalse(before.convention_id)

    def test_a_convention_found_late_leaves_the_others_alone(self):
        """A clause that has its convention keeps it, and another relay's or another period's are not taken."""
        with freeze_time("2026-04-15"):
            first = self._new_convention()
            kept = self._new_running_clause()
        with freeze_time("2026-09-15"):
            of_other_relay = self._new_running_clause(facilitator_id=self.other_relay.id)
        second = self._new_convention(overlap_intended=True, date_signed=False)
        second.with_user(self.user_officer).write({"date_signed": "2026-10-05", "date_start": "2026-04-02"})
        self.assertEqual((kept.convention_id, of_other_relay.convention_id), (first, second.browse()))

    def test_the_one_that_covers_the_place(self):
        town = self.env["clause.insertion.territory"].create(
            {"name": "Ville", "code": "V", "parent_id": self.vienne.id, "zip_prefixes": "86100"}
        )
        self.relay.insertion_territory_ids |= town | self.charente
        covers = self._new_convention(territory_ids=self.vienne.ids)
        self._new_convention(territory_ids=self.charente.ids, date_start="2026-05-01")
        clause = self._new_running_clause(place_zip="86100")
        self.assertEqual((clause.territory_id, clause.convention_id), (town, covers))

    def test_produced(self):
        """Hours add up, a person and a contract count once, what was reversed does not count."""
        convention = self._new_convention(hours_objective=400, people_objective=4)
        other = self._new_convention(self.other_relay)
        one, two, three = (self._new_participant(lastname=f"Exemple {number}") for number in range(3))
        order = self._new_order()
        first, second = self._new_clause(order), self._new_clause(order)
        order.button_confirm()
        third = self._new_running_clause()
        self._validate(first, {one: 100, two: 50})
        self._validate(second, {one: 20})
        lines = self._validate(third, {three: 30})
        self.assertEqual(convention.clause_count, 3)
        self.assertRecordValues(
            convention,
            [{"hours_validated": 200, "people_count": 3, "contract_count": 2, "hours_progress": 0.5}],
        )
        lines.with_user(self.user_officer).action_reverse("Erreur")
        convention.invalidate_recordset()
        self.assertRecordValues(
            convention | other,
            [
                {"hours_validated": 170, "people_count": 2, "contract_count": 1, "people_progress": 0.5},
                {"hours_validated": 0, "people_count": 0, "contract_count": 0, "people_progress": 0},
            ],
        )
        self.assertEqual(convention.hours_validated, sum((first | second | third).mapped("hours_validated")))

    def test_same_figures_for_every_reader(self):
        convention = self._new_convention()
        clause = self._new_running_clause()
        self._validate(clause, {self._new_participant(): 100})
        self.env["clause.insertion.handover"].create(
            {"clause_id": clause.id, "to_id": self.other_relay.id, "reason": "Secteur"}
        )
        for user in (self.user_reader, self.user_officer, self.user_facilitator):
            seen = convention.with_user(user)
            self.assertEqual((seen.hours_validated, seen.people_count, seen.clause_count), (100, 1, 1), user.login)
