from odoo import models


class IrAttachment(models.Model):
    """A file of hours is read by the program alone: it is no document to show or to search in."""

    _inherit = "ir.attachment"

    def _compute_mimetype(self, values):
        """To name the kind of an archive, Odoo would unpack a part of it, of any size; of a text, it keeps an index."""
        owners = {(values.get("res_model"), values.get("res_field")), *((f.res_model, f.res_field) for f in self)}
        if ("clause.insertion.import", "file") in owners:
            return "application/octet-stream"
        return super()._compute_mimetype(values)
