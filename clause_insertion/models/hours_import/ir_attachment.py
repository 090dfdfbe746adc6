from odoo import models


class IrAttachment(models.Model):
    """A file of hours is read by the program alone: it is no document to show or to search in."""

    _inherit = "ir.attachment"

    def _compute_mimetype(self, values):
        """To name the kind of an archive, Odoo would unpack a part of it, of whatever size; of a text, keep an index."""
        owner = (
            {values.get("res_model"), *self.mapped("res_model")},
            {values.get("res_field"), *self.mapped("res_field")},
        )
        if "clause.insertion.import" in owner[0] and "file" in owner[1]:
            return "application/octet-stream"
        return super()._compute_mimetype(values)
