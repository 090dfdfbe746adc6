from odoo import fields, models

from ...engine.exact import hundredths


class ClauseInsertionParticipant(models.Model):
    """Hours go with the person."""

    _inherit = "clause.insertion.participant"

    def _hours_by_month(self):
        """``[(first day of the month, declared, validated)]``, last month first, as far as the user sees the hours."""
        self.ensure_one()
        months = {}
        for month, state, hours in self.env["account.analytic.line"]._read_group(
            [("insertion_participant_id", "=", self.id), ("insertion_state", "!=", "refused")],
            ["date:month", "insertion_state"],
            ["unit_amount:sum"],
        ):
            declared, validated = months.get(month, (0, 0))
            months[month] = (
                hundredths(declared + hours),
                hundredths(validated + (hours if state == "validated" else 0)),
            )
        return [(month, *sums) for month, sums in sorted(months.items(), reverse=True)]

    def _absorb(self, other):
        """Validated hours are a ledger: reversed under the old pseudonym, counted again under the kept one, today."""
        Line = self.env["account.analytic.line"]
        lines = Line.search([("insertion_participant_id", "=", other.id)])
        counted = lines.filtered(
            lambda line: (
                line.insertion_state == "validated" and not line.insertion_reversal_of_id and line._hours_left()
            )
        )
        counted_again = self._counted_again(counted, other)
        counted._reverse(self._same_person(other))
        result = super()._absorb(other)
        lines.filtered(lambda line: line.insertion_state != "validated").insertion_participant_id = self
        Line.create(counted_again)
        return result

    def _counted_again(self, lines, other):
        """Values of the same hours under this person, read before their work contract moves."""
        kept = {
            "insertion_participant_id": self.id,
            "insertion_state": "validated",
            "insertion_validated_on": fields.Datetime.now(),
            "name": self._same_person(other),
        }
        return [
            {**values, **kept, "unit_amount": line._hours_left()}
            for line, values in zip(lines, lines._same_hours_values(), strict=True)
        ]
