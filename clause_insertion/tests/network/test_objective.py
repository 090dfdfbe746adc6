from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2014-12-31")
class TestObjective(InsertionCommon):
    """Languedoc-Roussillon: 33 lots of about 1,000 in 2013, then about 100 lots and 150,000 planned hours in 2014."""

    @classmethod
    def _new_agreement_of_lots(cls, lots, hours, date_start, **values):
        """A works agreement with a clause on each lot."""
        agreement = cls._new_agreement(
            insertion_category="works",
            clause_insertion_ids=[
                (
                    0,
                    0,
                    {
                        "lot": f"Lot {number}",
                        "trade_id": cls.masonry.id,
                        "hours_typed": hours,
                        "date_start": date_start,
                        "place_zip": "86000",
                        **values,
                    },
                )
                for number in range(1, lots + 1)
            ],
        )
        agreement.action_confirm()
        return agreement.clause_insertion_ids

    def _new_objective(self, **values):
        return self.env["clause.insertion.objective"].with_user(self.user_officer).create({"year": 2014, **values})

    def test_languedoc_roussillon(self):
        self._new_agreement_of_lots(33, 1_200, "2013-05-02")
        self._new_agreement_of_lots(100, 1_500, "2014-02-03")
        before = self._new_objective(year=2013, measure="lots", contract_kind="works", out_of=1_000)
        lots = self._new_objective(measure="lots", contract_kind="works", target=100, out_of=1_000)
        planned = self._new_objective(measure="hours_due", target=150_000)
        self.assertRecordValues(
            before | lots | planned,
            [
                {"achieved": 33, "share": 0.033, "progress": 0},
                {"achieved": 100, "share": 0.1, "progress": 1},
                {"achieved": 150_000, "share": 0, "progress": 1},
            ],
        )

    def test_a_lot_counts_once(self):
        """Two clauses of one lot, a clause in preparation, one that starts next year: two lots have started."""
        first = self._new_agreement_of_lots(1, 100, "2014-03-03")
        first.copy({"requisition_id": first.requisition_id.id, "lever": "criterion"})
        self._new_running_clause(date_start="2014-06-02")
        self._new_clause(self._new_order(), date_start="2014-06-02")
        self._new_running_clause(date_start="2015-01-01")
        lots = self._new_objective(measure="lots", target=4)
        self.assertEqual((lots.achieved, lots.progress), (2, 0.5))

    def test_kinds_of_contract(self):
        goods = self.env["product.product"].create({"name": "Mobilier", "type": "consu"})
        order = self._new_order(amount=1_000)
        order.order_line.create(
            {"order_id": order.id, "product_id": goods.id, "product_qty": 1, "price_unit": 5_000, "tax_ids": False}
        )
        supplies, services = self._new_clause(order), self._new_clause(self._new_order())
        works = self._new_clause(self._new_order(insertion_category="works"))
        self.assertEqual(
            [clause.contract_kind for clause in (supplies, services, works)], ["supplies", "services", "works"]
        )
        for clause in supplies | services | works:
            clause.date_start = "2014-06-02"
            clause.purchase_order_id.button_confirm()
        objectives = [
            self._new_objective(measure="lots", contract_kind=kind, target=1)
            for kind in ("works", "services", "supplies")
        ]
        self.assertEqual([objective.achieved for objective in objectives], [1, 1, 1])
        services.with_user(self.user_officer).contract_kind = "works"
        self.env.invalidate_all()
        self.assertEqual([objective.achieved for objective in objectives], [2, 0, 1])

    # -- publics -------------------------------------------------------------------------------------

    def _work(self, clause, people, hours=10, month="2014-09-01", on="2014-10-05", **employment):
        for person in people:
            self._new_employment(person, clause, date_start="2014-09-01", **employment)
        with freeze_time(on):
            declaration = self._new_declaration(clause, month, dict.fromkeys(people, hours))
            declaration.with_user(self.user_contractor).action_submit()
            declaration.with_user(self.user_facilitator).action_validate()
        return declaration

    def _people(self, count, **values):
        people = [self._new_participant(lastname=f"Exemple {number}") for number in range(count)]
        for person in people:
            person.write(values)
        return people

    def test_by_public(self):
        """Women, apprentices, disabled people: hours and people, from the hours that the relay has validated."""
        clause = self._new_running_clause(place_zip="86000", date_start="2014-01-06")
        women = self._people(6, gender="female")
        disabled = self.env.ref("clause_insertion.public_th")
        others = self._people(5, gender="male", public_ids=[(4, disabled.id)])
        self._work(clause, women, contract_type="APPRENTICESHIP")
        declaration = self._work(self._new_running_clause(place_zip="86000", date_start="2014-01-06"), others, 20)
        rows = [
            self._new_objective(measure="hours", target=320),
            self._new_objective(measure="hours", audience="women", target=120),
            self._new_objective(measure="people", audience="women", target=12),
            self._new_objective(measure="hours", audience="apprentices", contract_kind="services", target=60),
            self._new_objective(measure="hours", audience="apprentices", contract_kind="works", target=60),
            self._new_objective(measure="people", audience="public", public_ids=disabled.ids, target=5),
            self._new_objective(measure="hours", year=2013, target=1),
        ]
        self.assertEqual([row.achieved for row in rows], [160, 60, 6, 60, 0, 5, 0])
        self.assertEqual([row.progress for row in rows], [0.5, 0.5, 0.5, 1, 0, 1, 0])
        declaration.line_ids[:1].with_user(self.user_officer).action_reverse("Erreur")
        self.env.invalidate_all()
        self.assertEqual(rows[0].achieved, 140, "what is taken back no longer counts")
        self.assertEqual(rows[0].achieved, sum(self.env["clause.insertion"].search([]).mapped("hours_validated")))

    def test_small_groups_are_withheld(self):
        clause = self._new_running_clause(place_zip="86000", date_start="2014-01-06")
        self._work(clause, self._people(4, gender="female"))
        by_public = self._new_objective(measure="hours", audience="women", target=10)
        self.assertRecordValues(by_public, [{"is_withheld": True, "achieved": 0, "progress": 0}])
        everybody = self._new_objective(measure="hours", target=40)
        self.assertRecordValues(everybody, [{"is_withheld": False, "achieved": 40, "progress": 1}])

    def test_two_days_do_not_tell_of_one_person(self):
        """Figures by public wait for the end of the month, and until five people have moved."""
        clause = self._new_running_clause(place_zip="86000", date_start="2014-01-06")
        self._work(clause, self._people(6, gender="female") + self._people(6, gender="male"))
        women = self._new_objective(measure="hours", audience="women", target=100)

        def seen(day):
            with freeze_time(day):
                self.env.invalidate_all()
                return women.achieved, women.is_withheld

        self._work(clause, self._people(1, gender="female"), on="2014-11-03")
        self._work(clause, self._people(4, gender="female") + self._people(5, gender="male"), on="2014-12-02")
        self.assertEqual(seen("2014-10-31"), (0, False), "the month is not over")
        self.assertEqual(seen("2014-11-30"), (60, False))
        self.assertEqual(seen("2014-12-30"), (0, True), "one woman more")
        self.assertEqual(seen("2015-01-01"), (110, False), "five more")

    def test_a_public_is_not_the_difference_between_two(self):
        publics = [self.env.ref(f"clause_insertion.public_{name}").id for name in ("jeune", "rsa")]
        with self.assertRefused(ValidationError, "One public"):
            self._new_objective(measure="people", audience="public", public_ids=publics)

    def test_kinds_of_contract_do_not_give_each_other_away(self):
        """Six women and six men in works, one woman and six men in services: all women less those in works is one."""
        works = self._new_running_clause(place_zip="86000", date_start="2014-01-06")
        services = self._new_running_clause(place_zip="86000", date_start="2014-01-06")
        works.contract_kind = "works"
        self._work(works, self._people(6, gender="female") + self._people(6, gender="male"))
        self._work(services, self._people(1, gender="female") + self._people(6, gender="male"))
        everywhere, in_works, in_services = (
            self._new_objective(measure="people", audience="women", contract_kind=kind)
            for kind in (False, "works", "services")
        )
        self.assertEqual((everywhere.achieved, everywhere.is_withheld), (7, False))
        self.assertEqual((in_works.is_withheld, in_services.is_withheld), (True, True))

    def test_same_for_every_reader(self):
        clause = self._new_running_clause(place_zip="86000", date_start="2014-01-06")
        disabled = self.env.ref("clause_insertion.public_th")
        self._work(clause, self._people(5, public_ids=[(4, disabled.id)]) + self._people(5))
        objective = self._new_objective(measure="people", audience="public", public_ids=disabled.ids, target=5)
        for user in (self.user_reader, self.user_officer, self.user_manager):
            self.assertEqual(objective.with_user(user).achieved, 5)

    def test_a_public_of_everybody_is_not_told(self):
        clause = self._new_running_clause(place_zip="86000", date_start="2014-01-06")
        disabled = self.env.ref("clause_insertion.public_th")
        self._work(clause, self._people(6, public_ids=[(4, disabled.id)]))
        objective = self._new_objective(measure="people", audience="public", public_ids=disabled.ids, target=5)
        self.assertRecordValues(objective, [{"is_withheld": True, "achieved": 0}])

    def test_hours_of_a_public_come_out_when_the_year_is_over(self):
        """Of fifty people and fifty others at least: readers know the hours of each, and would find who adds up."""
        clause = self._new_running_clause(place_zip="86000", date_start="2014-01-06")
        disabled = self.env.ref("clause_insertion.public_th")
        self._work(clause, self._people(49, public_ids=[(4, disabled.id)]) + self._people(50), 10.25)
        hours, of_services = (
            self._new_objective(measure="hours", audience="public", public_ids=disabled.ids, contract_kind=kind)
            for kind in (False, "services")
        )

        def seen(objective, day):
            with freeze_time(day):
                self.env.invalidate_all()
                return objective.achieved, objective.is_withheld

        self.assertEqual(seen(hours, "2015-03-01"), (0, True), "one too few")
        self._work(clause, self._people(1, public_ids=[(4, disabled.id)]), 10.25, on="2015-01-05")
        self.assertEqual(seen(hours, "2015-02-28"), (0, True), "February is not over")
        self.assertEqual(seen(hours, "2015-03-01"), (510, False), "512.50 h, rounded")
        self.assertEqual(seen(of_services, "2015-03-01"), (0, True), "a part would be found by subtraction")

    def test_another_company_has_its_own(self):
        self._new_agreement_of_lots(2, 100, "2014-03-03")
        elsewhere = self.env["res.company"].create({"name": "Autre Région (fictive)"})
        objective = self.env["clause.insertion.objective"].create(
            {"year": 2014, "measure": "lots", "target": 2, "company_id": elsewhere.id}
        )
        self.assertEqual(objective.achieved, 0)

    # -- refused -------------------------------------------------------------------------------------

    def test_refused(self):
        with self.assertRefused(ValidationError, "known by public"):
            self._new_objective(measure="lots", audience="women")
        with self.assertRefused(ValidationError, "Choose which publics"):
            self._new_objective(measure="hours", audience="public")
        with self.assertRefused(IntegrityError, "numbers_positive"):
            self._new_objective(target=-1).flush_recordset()
        with self.assertRefused(IntegrityError, "year_range"):
            self._new_objective(year=14).flush_recordset()

    def test_form(self):
        """The figure is there before the objective is saved, and a year half typed breaks nothing."""
        self._new_agreement_of_lots(2, 100, "2014-03-03")
        form = Form(self.env["clause.insertion.objective"].with_user(self.user_officer))
        form.measure = "lots"
        form.year = 0
        self.assertEqual(form.achieved, 0)
        form.year = 2014
        self.assertEqual(form.achieved, 2)
        form.target = 4
        self.assertEqual(form.save().progress, 0.5)
