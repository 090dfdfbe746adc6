from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .clause_insertion_declaration import OPEN_STATES

# What only the buttons of a declaration change.
LIFE_FIELDS = frozenset(
    {
        "insertion_state",
        "insertion_validated_on",
        "insertion_refusal",
        "insertion_reversal_of_id",
        "insertion_import_id",
    }
)


class AccountAnalyticLine(models.Model):
    """The ledger: who declares an hour, and that nobody changes it once validated."""

    _inherit = "account.analytic.line"

    # -- guards ------------------------------------------------------------------------------------

    def write(self, vals):
        self._check_ledger()
        insertion = self.sudo().filtered("clause_insertion_id")
        if insertion and not self.env.su:
            self._check_declarant()
            if (LIFE_FIELDS | {"clause_insertion_id", "insertion_declaration_id"}) & vals.keys():
                raise AccessError(self.env._("Hours are validated, refused or reversed with the buttons."))
            if any(line.insertion_declaration_id.state not in OPEN_STATES for line in insertion):
                raise UserError(self.env._("These hours were submitted: the relay validates or refuses them first."))
        if not insertion and "clause_insertion_id" in vals and vals["clause_insertion_id"]:
            raise UserError(self.env._("A timesheet cannot become an insertion hour: declare the hour."))
        return super().write(vals)

    def _check_declarant(self):
        """Odoo lets whoever approves timesheets write on all of them; an hour is its contractor's to declare."""
        if not self.env.su and self.env.user._is_internal():
            raise AccessError(
                self.env._("The contractor declares its hours, on the portal or by a file: use “Import hours”.")
            )

    def _check_ledger(self):
        """Validated hours are a ledger: nobody changes them, superuser included."""
        if any(line.insertion_state == "validated" for line in self.sudo()):
            raise UserError(
                self.env._("Validated hours can be neither changed nor deleted. Correct them with “Reverse”.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        self._check_ledger()
        insertion = self.sudo().filtered("clause_insertion_id")
        if insertion:
            self._check_declarant()
        if not self.env.su and any(line.insertion_declaration_id.state not in OPEN_STATES for line in insertion):
            raise UserError(self.env._("These hours were submitted: the relay validates or refuses them first."))

    # -- buttons -----------------------------------------------------------------------------------

    def action_refuse(self, reason=None):
        """The relay refuses these hours, with a reason; the rest of the declaration goes on."""
        self.insertion_declaration_id._check_validator()
        if not reason:
            return self.insertion_declaration_id._ask_reason({"default_line_ids": self.ids})
        self.sudo()._refuse(reason)  # the validator was checked above

    def _refuse(self, reason):
        self.write({"insertion_state": "refused", "insertion_refusal": reason})

    def action_reverse(self, reason=None):
        """Take validated hours back with a line of the opposite sign, dated like them, validated now."""
        if not reason:
            return self.env["clause.insertion.declaration"]._ask_reason(
                {"default_line_ids": self.ids, "default_is_reversal": True}
            )
        if not (
            self.env.user.has_group("clause_insertion.group_clause_insertion_officer")
            or all(line.insertion_declaration_id._is_validator() for line in self)
        ):
            raise AccessError(self.env._("The relay or the Region reverses validated hours."))
        self.check_access("read")
        lines = self.sudo()  # the rights were checked above; the ledger is closed to direct writing
        if any(line.insertion_state != "validated" or line.insertion_reversal_of_id for line in lines):
            raise UserError(self.env._("Only validated hours can be reversed, and only once."))
        return self.create_reversals(lines, reason)

    @api.private
    def create_reversals(self, lines, reason):
        now = fields.Datetime.now()
        return lines.create(
            [
                {
                    **values,
                    "unit_amount": -line.unit_amount,
                    "name": reason,
                    "insertion_state": "validated",
                    "insertion_validated_on": now,
                    "insertion_reversal_of_id": line.id,
                }
                for line, values in zip(lines, lines._reversal_values(), strict=True)
            ]
        )

    def _reversal_values(self):
        fnames = (
            "date",
            "insertion_declaration_id",
            "insertion_participant_id",
            "insertion_employment_id",
            "insertion_kind",
            "insertion_is_monthly",
        )
        return [{name: line._fields[name].convert_to_write(line[name], line) for name in fnames} for line in self]
