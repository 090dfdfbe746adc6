from ..common import InsertionCommon


class PenaltyCommon(InsertionCommon):
    """A contract of a million euros that owes 80 hours, with the rules given to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Rule = cls.env["clause.insertion.penalty.rule"]
        Rule.search([]).active = False  # the shipped examples have their own test
        cls.per_hour = cls._new_penalty_rule()
        cls.per_index = cls._new_penalty_rule(
            name="4 × plafond horaire", shape="index", index="ceiling_hourly", coefficient=4
        )
        cls.per_smic = cls._new_penalty_rule(name="2 × SMIC", shape="index", index="smic_hourly", coefficient=2)
        cls.per_working_day = cls._new_penalty_rule(
            name="Document, jour ouvré", failure="document", shape="day", amount=50, day_basis="working"
        )
        cls.per_day = cls._new_penalty_rule(
            name="Document, jour calendaire", failure="document", shape="day", amount=50, day_basis="calendar"
        )
        cls.per_meeting = cls._new_penalty_rule(name="Réunion manquée", failure="meeting", shape="event", amount=500)
        cls.rules = Rule.search([])
        cls.clause = cls._new_running_clause(hours_typed=80)

    def _decided(self, rule=None, **values):
        """A penalty that was notified, then applied after the contractor's reply."""
        record = self._new_penalty(self.clause, rule or self.per_index, **values)
        officer = record.with_user(self.user_officer)
        officer.action_notify()
        officer.action_reply("Reçu.")
        officer.action_apply("Manquement établi.")
        return record
