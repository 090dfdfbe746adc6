from odoo import api, models
from odoo.exceptions import UserError

from .clause_insertion_declaration import OPEN_STATES, PROOF_FIELD

# What a proof is, and what it proves.
PROOF_FIELDS = frozenset({"raw", "datas", "db_datas", "store_fname", "url", "type", "res_model", "res_id", "res_field"})


class IrAttachment(models.Model):
    """Proofs of a month stay with its hours, as they were sent."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Writing the same content again is how Odoo moves files from one storage to another."""
        names = PROOF_FIELDS & vals.keys()
        if names:
            proofs = self._insertion_proofs()
            changed = proofs.filtered(lambda file: any(file[name] != vals[name] for name in names))
            changed._check_declaration_is_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proof(self):
        self._insertion_proofs()._check_declaration_is_open()

    def _insertion_proofs(self):
        return self.filtered(
            lambda file: file.res_model == "clause.insertion.declaration" and file.res_field == PROOF_FIELD
        )

    def _check_declaration_is_open(self):
        declarations = self.env["clause.insertion.declaration"].sudo().browse(self.mapped("res_id"))
        if any(declaration.state not in OPEN_STATES for declaration in declarations.exists()):
            raise UserError(self.env._("The proofs of a declaration that was submitted are kept."))
