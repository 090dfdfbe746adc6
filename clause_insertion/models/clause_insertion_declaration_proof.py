from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools.mimetypes import guess_mimetype

from ..engine.proof_files import MOST_BYTES, MOST_FILES, extension, problem

PROOF_FIELD = "attachment_ids"


class ClauseInsertionDeclaration(models.Model):
    """What proves a month: time sheets, pay slips. They carry names, so that only those who know them read them.

    A proof is an attachment of this very field: Odoo lets in those who may read both the declaration and the
    field, which leaves out buyers and readers of figures. Portal users reach it through the desk alone.
    """

    _inherit = "clause.insertion.declaration"

    attachment_ids = fields.Many2many(
        bypass_search_access=True,  # attachments check their own access, and hide those of a field from searches
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
    )

    @api.constrains(PROOF_FIELD)
    def _check_proofs(self):
        """Whatever the door: another record's file is never linked, nor one that is not a proof."""
        for declaration in self.sudo():
            proofs = declaration.attachment_ids
            if len(proofs) > MOST_FILES:
                raise ValidationError(self.env._("A month takes %(most)s files at most.", most=MOST_FILES))
            for proof in proofs:
                if (proof.res_model, proof.res_id, proof.res_field) != (self._name, declaration.id, PROOF_FIELD):
                    raise ValidationError(self.env._("This file is not a proof of this declaration."))
                self._check_proof_file(proof.name, proof.raw or b"")

    def _check_proof_file(self, name, content):
        messages = {
            "empty": self.env._("The file is empty."),
            "large": self.env._("The file is too large: 10 MB at most."),
            "kind": self.env._("Send a PDF, a JPEG or a PNG."),
            "content": self.env._("The file is not what its name says: send a PDF, a JPEG or a PNG."),
        }
        found = problem(name, len(content), guess_mimetype(content[:MOST_BYTES]) if content else "")
        if found:
            raise ValidationError(messages[found])

    def _add_proof(self, name, content):
        """Attach a file, under a name of ours: the one given may hold anything, a person's name first."""
        self.ensure_one()
        self.check_access("write")
        self._check_proof_file(name, content)
        declaration = self.sudo()  # access was checked above; portal users have no right on attachments
        proof = declaration.env["ir.attachment"].create(
            {
                "name": f"proof.{extension(name)}",
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
                "res_field": PROOF_FIELD,
            }
        )
        clause_name = self.clause_id.name.replace("/", "-")
        proof.name = f"{clause_name}-{self.month:%Y-%m}-{proof.id}.{extension(name)}"
        declaration.attachment_ids = [Command.link(proof.id)]
        return proof

    def _remove_proof(self, proof_id):
        self.ensure_one()
        self.check_access("write")
        self._proofs().filtered(lambda proof: proof.id == proof_id).unlink()

    def _may_read_proofs(self):
        """The contractor, and who validates its hours."""
        self.ensure_one()
        is_contractor = self.partner_id == self.env.user.commercial_partner_id
        return self.has_access("read") and (is_contractor or self._is_validator())

    def _proofs(self):
        """The files, as superuser, for who may read them."""
        self.ensure_one()
        # sudo: the right was checked here; portal users have no right on attachments
        proofs = self.sudo().attachment_ids
        return proofs.sorted("id") if self._may_read_proofs() else proofs.browse()
