from collections import defaultdict

from odoo import api, models

# What the file of a field is: the field it belongs to, and what it holds.
OWNER_FIELDS = ("res_model", "res_field", "res_id")
CONTENT_FIELDS = frozenset(
    {*OWNER_FIELDS, "raw", "datas", "db_datas", "store_fname", "url", "type", "mimetype", "public"}
)


class IrAttachment(models.Model):
    """The file of a locked field is locked as the field is: Odoo asks of it only whether its record may be written."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_locked_owners(tuple(vals.get(name) for name in OWNER_FIELDS) for vals in vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if CONTENT_FIELDS & vals.keys():
            owners = self._owners()
            moved = [tuple(vals.get(name, was) for name, was in zip(OWNER_FIELDS, o, strict=True)) for o in owners]
            self._refuse_locked_owners([*owners, *moved])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        self._refuse_locked_owners(self._owners())

    def _owners(self):
        """sudo: only tells of which field each file is; whether the user may write it, Odoo asks."""
        return [] if self.env.su else [tuple(file[name] for name in OWNER_FIELDS) for file in self.sudo()]

    def _refuse_locked_owners(self, owners):
        if self.env.su:
            return
        ids = defaultdict(set)
        for model, field, record_id in owners:
            if model and field and record_id:
                ids[model, field].add(record_id)
        for (model, field), found in ids.items():
            records = self.env.get(model)
            if hasattr(records, "_refuse_locked"):
                records.browse(found).exists()._refuse_locked([field])
