from odoo import api, models
from odoo.exceptions import UserError

from .clause_insertion_declaration import OPEN_STATES, PROOF_FIELD

# What a proof is, what it proves, and who may read it.
KEPT_FIELDS = frozenset(
    {
        "name",
        "raw",
        "datas",
        "db_datas",
        "store_fname",
        "mimetype",
        "url",
        "type",
        "res_model",
        "res_id",
        "res_field",
        "public",
        "access_token",
    }
)


class IrAttachment(models.Model):
    """Proofs of a month stay with its hours, as they were sent, until one of its people is anonymised.

    No lock of ours is declared on the fields of all the attachments of Odoo: these are looked at for proofs alone,
    and hold for the superuser too once the month was submitted.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        """Writing the same content again is how Odoo moves files from one storage to another."""
        names = KEPT_FIELDS & vals.keys()
        changed = self._insertion_proofs().filtered(lambda file: any(file[name] != vals[name] for name in names))
        changed._check_declaration_is_open()
        if changed and not self.env.su:
            raise UserError(self.env._("A proof is removed and sent again, not changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proof(self):
        """Files that bear the name of somebody whose data are erased go, whatever they prove."""
        proofs = self._insertion_proofs()
        declarations = self.env["clause.insertion.declaration"].sudo().browse(proofs.mapped("res_id")).exists()
        naming = declarations.filtered("line_ids.insertion_participant_id.anonymised_on")
        proofs.filtered(lambda proof: proof.res_id not in naming.ids)._check_declaration_is_open()

    def _insertion_proofs(self):
        return self.filtered(
            lambda file: file.res_model == "clause.insertion.declaration" and file.res_field == PROOF_FIELD
        )

    def _check_declaration_is_open(self):
        declarations = self.env["clause.insertion.declaration"].sudo().browse(self.mapped("res_id"))
        if any(declaration.state not in OPEN_STATES for declaration in declarations.exists()):
            raise UserError(self.env._("The proofs of a declaration that was submitted are kept."))
