from odoo import api, models
from odoo.exceptions import UserError

from .clause_insertion_declaration import OPEN_STATES
from .clause_insertion_declaration_proof import PROOF_FIELD


class IrAttachment(models.Model):
    """Proofs of a month stay with its hours."""

    _inherit = "ir.attachment"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proof(self):
        proofs = self.filtered(
            lambda file: file.res_model == "clause.insertion.declaration" and file.res_field == PROOF_FIELD
        )
        declarations = self.env["clause.insertion.declaration"].sudo().browse(proofs.mapped("res_id"))
        if any(declaration.state not in OPEN_STATES for declaration in declarations.exists()):
            raise UserError(self.env._("The proofs of a declaration that was submitted are kept."))
