from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import freeze_time

from odoo.addons.clause_insertion.tests.common import InsertionCommon

TODAY = "2026-03-31 10:00:00"


class FiguresCommon(InsertionCommon):
    """Hours of 2025, told as they happened: each step on its own day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north = cls._started_clause(cls.contractor, "86000")
        cls.south = cls._started_clause(cls.other_contractor, "16000", lever="reserved_inclusion")

    @classmethod
    def _started_clause(cls, contractor, place_zip, date_start="2025-01-15", **values):
        with freeze_time(f"{date_start} 08:00:00"):
            clause = cls._new_running_clause(
                contractor, place_zip=place_zip, date_start=date_start, date_end="2026-12-31", **values
            )
            cls.env.flush_all()  # what changed is recorded on that day
            return clause

    @classmethod
    def _hire(cls, clause, relay=None, **values):
        """A person and their work contract under the clause."""
        participant = cls._new_participant(relay or clause.facilitator_id, **values)
        cls._new_employment(participant, clause, "2025-01-20")
        return participant

    @classmethod
    def _declare(cls, clause, hours, month="2025-02-01", on=None, **values):
        """A declaration of ``{participant: hours of the month}``, submitted on the 5th of the next month."""
        with freeze_time(on or cls._next_month(month, 5)):
            declaration = cls._new_declaration(clause, month)
            for participant, number in hours.items():
                employment = participant.employment_ids.filtered(lambda e, c=clause: c in e.clause_ids)
                cls._new_line(declaration, participant, number, insertion_employment_id=employment[:1].id, **values)
            declaration.action_submit()
        return declaration

    @classmethod
    def _validate(cls, declaration, on=None):
        """Validated by its relay, on the 10th of the next month."""
        facilitator = cls.user_facilitator if declaration.facilitator_id == cls.relay else cls.user_other_facilitator
        with freeze_time(on or cls._next_month(declaration.month, 10)):
            declaration.with_user(facilitator).action_validate()
        return declaration

    @staticmethod
    def _next_month(month, day):
        return fields.Date.to_date(month) + relativedelta(months=1, day=day, hour=10)

    @classmethod
    def _work(cls, clause, hours, month="2025-02-01", **values):
        """Hours declared and validated."""
        return cls._validate(cls._declare(clause, hours, month, **values))

    def _reverse(self, lines, on):
        with freeze_time(on):
            lines.with_user(self.user_officer).action_reverse("Declared twice")

    def _statement(self, year=2025, as_of=TODAY, user=None):
        wizard = (
            self.env["clause.insertion.statement"].with_user(user or self.user_reader).with_context(tz="Europe/Paris")
        )
        return wizard.create({"year": year, "as_of": date.fromisoformat(as_of[:10])})

    def _rows(self, statement, dimension):
        """``{key: figures}`` of a breakdown."""
        return {row.key: row.figures for row in statement.breakdowns[dimension]}
