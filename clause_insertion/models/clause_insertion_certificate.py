from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare

from ..engine.certificate_code import new_code, typed_code


class ClauseInsertion(models.Model):
    """The end of a clause: its certificate, and the code with which anyone can check it."""

    _inherit = "clause.insertion"

    certified_on = fields.Date("Certified on", readonly=True, copy=False)
    certified_by = fields.Many2one("res.users", "Certified by", readonly=True, copy=False)
    certificate_code = fields.Char(
        "Verification code", readonly=True, copy=False, help="Anyone can check the certificate with this code."
    )
    hours_due_certified = fields.Float("Hours due when certified", readonly=True, copy=False)
    hours_certified = fields.Float(
        "Hours certified", readonly=True, copy=False, help="Hours validated on the day of the certificate."
    )

    _certificate_code_unique = models.UniqueIndex(
        "(certificate_code) WHERE certificate_code IS NOT NULL", "This verification code is already used."
    )

    def action_certify(self):
        """Deliver the certificate: the figures of the day are kept, whatever is reversed later."""
        self.check_access("write")
        if not self.env.user.has_group("clause_insertion.group_clause_insertion_officer"):
            raise AccessError(self.env._("The Region certifies a clause."))
        if any(clause.state != "done" for clause in self):
            raise UserError(self.env._("Strike the balance of the clause first: a certificate closes it."))
        today = fields.Date.context_today(self)
        for clause in self.sudo():  # access was checked above; these fields are closed to direct writing
            clause.write(
                {
                    "state": "certified",
                    "certified_on": today,
                    "certified_by": self.env.user.id,
                    "certificate_code": new_code(),
                    "hours_due_certified": clause.hours_due,
                    "hours_certified": clause.hours_validated,
                }
            )

    def action_print_certificate(self):
        return self.env.ref("clause_insertion.clause_insertion_certificate_report").report_action(self)

    def _certificate_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/insertion/certificate/{self.certificate_code}"

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._("Certificate %(clause)s", clause=self.name).replace("/", "-")

    @api.model
    def _certificate(self, code):
        """What a verification code shows to anyone, or None: never a person, nor anything beyond the certificate.

        sudo: whoever has the code was handed the certificate; only the values below leave this method.
        """
        code = typed_code(code)
        clause = code and self.sudo().search([("certificate_code", "=", code)], limit=1)
        if not clause:
            return None
        return {
            "code": code,
            "clause": clause.name,
            "contract": clause.contract_name,
            "lot": clause.lot,
            "region": clause.company_id.name,
            "contractor": clause.partner_id.name,
            "hours_due": clause.hours_due_certified,
            "hours_validated": clause.hours_certified,
            "certified_on": clause.certified_on,
            "changed_on": clause._certificate_changed_on(),
        }

    def _certificate_changed_on(self):
        """The day since which the figures are no longer those certified, or False."""
        self.ensure_one()
        rounding = 0.01
        if not float_compare(self.hours_certified, self.hours_validated, precision_rounding=rounding) and (
            not float_compare(self.hours_due_certified, self.hours_due, precision_rounding=rounding)
        ):
            return False
        last = self.env["account.analytic.line"].search(
            [("clause_insertion_id", "=", self.id), ("insertion_state", "=", "validated")],
            order="insertion_validated_on desc",
            limit=1,
        )
        changed_on = last and fields.Datetime.context_timestamp(self, last.insertion_validated_on).date()
        return max(changed_on or self.certified_on, self.certified_on)
