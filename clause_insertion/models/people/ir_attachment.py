from odoo import models

PERSONAL = ("clause.insertion.participant", "clause.insertion.identity", "clause.insertion.employment")


class IrAttachment(models.Model):
    """What is attached to a person or to its work contract may name it: it is not for whoever reads the pseudonym."""

    _inherit = "ir.attachment"

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        yield from super()._inaccessible_comodel_records(model_and_ids, operation)
        for model in () if self.env.su else set(PERSONAL).intersection(model_and_ids):
            records = self.env[model].browse(filter(None, model_and_ids[model])).exists()
            yield from ((model, id_) for id_ in (records - records._with_open_files()).ids)
