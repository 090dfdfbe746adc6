from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

# What a relay notes of its people and no employer may know: closed to portal users by the groups of the fields.
FILE_FIELDS = ("prescriber_id", "education_level", "exit_kind", "exit_date")


class ClauseInsertionParticipant(models.Model):
    """The person at its relay: the relay's file, eligibility in one word, hours month by month."""

    _inherit = "clause.insertion.participant"

    access_url = fields.Char(compute="_compute_access_url", export_string_translation=False)

    def _compute_access_url(self):
        for person in self:
            person.access_url = f"/my/insertion-people/{person.id}"

    # -- the relay's file --------------------------------------------------------------------------

    def _is_followed(self):
        """Whether the user works for the relay that follows these people."""
        partner = self.env.user.commercial_partner_id
        return (
            partner.is_insertion_facilitator
            and self.has_access("write")
            and all(person.facilitator_id == partner for person in self)
        )

    def _relay_file(self, values=None):
        """What only the person's relay may know: written if ``values`` are given, then returned.

        Relays and employers on the portal are one group, which the groups of these fields shut out. This method,
        which no browser can call, is the one way around: for the relay of the person, for these fields alone.

        :return: ``{field name: value}``, with the prescriber's name and the names of the publics
        """
        self.ensure_one()
        if not self._is_followed() or set(values or ()) - set(FILE_FIELDS):
            raise AccessError(self.env._("Only the relay that follows a person keeps its file."))
        person = self.sudo()  # the relay and the fields were checked just above
        if values:
            person.write(values)
        return {
            **{name: person[name] for name in FILE_FIELDS},
            "prescriber_id": person.prescriber_id.id,
            "prescriber": person.prescriber_id.name,
            "publics": person.public_ids.mapped("name"),
        }

    @api.constrains("exit_kind", "exit_date")
    def _check_exit(self):
        today = fields.Date.context_today(self)
        for person in self.sudo():  # rules on two closed fields, whoever writes
            if person.exit_kind and not person.exit_date:
                raise ValidationError(self.env._("Say on which day the pathway ended."))
            if person.exit_date and person.exit_date > today:
                raise ValidationError(self.env._("A pathway that ends in the future has not ended."))

    def _take_back_proof(self, proof):
        """A proof noted by mistake: what it says goes with it, unless another proof says it too."""
        self.ensure_one()
        if not self._is_followed() or proof.participant_id != self:
            raise AccessError(self.env._("Only the relay that follows a person keeps its file."))
        public = proof.public_id
        proof.unlink()
        if public not in self.proof_ids.public_id:
            self.sudo().public_ids -= public  # the relay was checked above; closed to portal users, as the file is

    # -- eligibility -------------------------------------------------------------------------------

    @api.model
    def _warning_day(self):
        """Until when an end of eligibility is near."""
        today = fields.Date.context_today(self)
        days = self.env["clause.insertion.parameter"]._require("eligibility_warning_days", today, self.env.company)
        return today + timedelta(days=int(days))

    @api.model
    def _eligible_on(self, day):
        """Domain of the people who may be hired on ``day``: proven, and not at the end of their period."""
        return [("is_proven", "=", True), "|", ("eligibility_end", "=", False), ("eligibility_end", ">=", day)]

    @api.model
    def _situations(self):
        """Domains by situation; a person may be in several."""
        today = fields.Date.context_today(self)
        return {
            "eligible": self._eligible_on(today),
            "to_verify": [("is_proven", "=", False)],
            "ending": [("eligibility_end", ">=", today), ("eligibility_end", "<=", self._warning_day())],
        }

    def _situation(self):
        """``(situation, its word)`` of one person."""
        today, end = fields.Date.context_today(self), self.eligibility_end
        if not self.is_proven:
            return "to_verify", self.env._("To verify")
        if end and end < today:
            return "ended", self.env._("No longer eligible")
        if end and end <= self._warning_day():
            return "ending", self.env._("Ending soon")
        return "eligible", self.env._("Eligible")

    # -- hours -------------------------------------------------------------------------------------

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
            months[month] = (declared + hours, validated + (hours if state == "validated" else 0))
        return [(month, *sums) for month, sums in sorted(months.items(), reverse=True)]
