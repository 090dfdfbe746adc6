from odoo.tests import freeze_time, tagged

from ..common import TODAY, FiguresCommon

ANALYSES = ("clause.insertion.hours.report", "clause.insertion.clause.report", "timesheets.analysis.report")
# Of somebody anonymised, the pseudonym alone is another: it is the name of a group.
DIMENSIONS = ("gender", "age_band", "education_level", "exit_kind", "contract_type", "employment_id")
MEASURES = ("hours:sum", "hours_validated:sum", "people:count_distinct", "contracts:count_distinct")


@tagged("post_install", "-at_install")
class TestStatementErasure(FiguresCommon):
    """People are anonymised, and no figure moves: analyses, statements of all years, published ones, objectives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = ("PLIE", "CSAPA", "ML")
        cls.prescribers = [
            cls._new_company_partner(
                f"Prescripteur {kind}", is_insertion_prescriber=True, insertion_prescriber_kind=kind
            )
            for kind in kinds
        ]
        publics = ["clause_insertion.public_rsa", "clause_insertion.public_th", "clause_insertion.public_ase"]
        cls.publics = cls.env["clause.insertion.public"].union(*map(cls.env.ref, publics))
        cls.people = [cls._person(number) for number in range(14)]
        for month in ("2025-02-01", "2025-05-01", "2026-01-01"):
            for clause in (cls.north, cls.south):
                own = [person for person in cls.people if clause in person.employment_ids.clause_ids]
                cls._work(clause, {person: 7.25 + person.id % 5 for person in own}, month)
        with freeze_time("2026-03-02"):
            cls.env["account.analytic.line"].search(
                [("insertion_participant_id", "=", cls.people[0].id)], limit=1
            ).with_user(cls.user_officer).action_reverse("Erreur sur Camille Exemple")
        cls.objectives = cls.env["clause.insertion.objective"].create(
            [
                {"year": 2025, "measure": "hours", "target": 100},
                {"year": 2025, "measure": "people", "target": 10, "audience": "women"},
                {
                    "year": 2025,
                    "measure": "people",
                    "target": 9,
                    "audience": "public",
                    "public_ids": cls.publics[:1].ids,
                },
            ]
        )

    @classmethod
    def _person(cls, number):
        clause = cls.north if number % 3 else cls.south
        return cls._hire(
            clause,
            lastname=f"Exemple {number}",
            gender="female" if number % 2 else "male",
            birthdate=f"{1960 + 3 * number}-05-06",
            education_level=("10", "50", False)[number % 3],
            prescriber_id=cls.prescribers[number % 3].id,
            public_ids=[(6, 0, cls.publics[: 1 + number % 3].ids)],
            exit_kind=("positive", "other", False)[number % 3],
            exit_date="2025-12-17" if number % 3 < 2 else False,
        )

    def _is_figure(self, model, name):
        """Neither the name of a record, nor what was typed beside an hour."""
        return self.env[model]._fields[name].type not in ("many2one", "char")

    @freeze_time(TODAY)
    def _figures(self):
        self.env.flush_all()
        self.env.invalidate_all()
        found = {}
        for scope, about in (("company", {}), ("facilitator", {"facilitator_id": self.relay.id})):
            for year in (2025, 2026):
                question = self.env["clause.insertion.statement"].with_user(self.user_officer)
                values = {"year": year, "as_of": TODAY[:10], "scope": scope, **about}
                found[scope, year] = question.with_context(tz="Europe/Paris").create(values)._statement()
        for model in ANALYSES:
            rows = self.env[model].search_read([], order="id")
            found[model] = [{name: row[name] for name in row if self._is_figure(model, name)} for row in rows]
        for dimension in DIMENSIONS:
            rows = self.env[ANALYSES[0]]._read_group([], [dimension], list(MEASURES))
            found[dimension] = sorted(map(str, rows))
        found["objectives"] = [(one.achieved, one.is_withheld) for one in self.objectives]
        found["clauses"] = [(c.hours_declared, c.hours_validated, c.hours_refused) for c in self.north | self.south]
        return found

    def test_no_figure_moves(self):
        with freeze_time(TODAY):
            action = (
                self.env["clause.insertion.statement"]
                .with_user(self.user_officer)
                .create({"year": 2025, "as_of": TODAY[:10]})
                .action_publish()
            )
        publication = self.env["clause.insertion.publication"].browse(action["res_id"])
        before, published = self._figures(), str(publication.figures)
        self.assertTrue(before["company", 2025].breakdowns["prescriber_kind"], "there are figures to compare")
        with freeze_time("2028-06-01"):
            for person in self.people[::2]:
                person.employment_ids.date_end = "2026-02-10"
                user = self.user_facilitator if person.facilitator_id == self.relay else self.user_other_facilitator
                self.assertEqual(self.env["clause.insertion.erasure"].with_user(user)._ask(person.with_user(user)), "")
        self.assertEqual(len([person for person in self.people if person.anonymised_on]), 7)
        after = self._figures()
        self.assertEqual(before.keys(), after.keys())
        for key in before:
            self.assertEqual(before[key], after[key], key)
        self.assertEqual(str(publication.figures), published)
