from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

PUBLICATION = frozenset({"essential_published_on", "essential_published_data"})


class ClauseInsertionPublishedMixin(models.AbstractModel):
    """Facts that were published as open data: they are kept as they were published, and never change again."""

    _name = "clause.insertion.published.mixin"
    _description = "Published essential data"

    essential_published_on = fields.Date("Essential data published on", readonly=True, copy=False)
    essential_published_data = fields.Json("Essential data as published", readonly=True, copy=False)

    def _published_facts(self):
        """Names of the fields that publication locks."""
        raise NotImplementedError

    def _publish_essential_data(self, day, published):
        """Keep the object ``published`` on ``day``; a record published before keeps what it has.

        sudo: officers publish purchases that only buyers write; the caller has checked that the user may.
        """
        self.ensure_one()
        if not self.essential_published_on:
            self.sudo().write({"essential_published_on": day, "essential_published_data": published})

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.browse()._check_published(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_published(vals)
        return super().write(vals)

    def _check_published(self, vals):
        if PUBLICATION & vals.keys() and not self.env.su:
            raise AccessError(self.env._("Publication is recorded from the page “Open data file (DECP)”."))
        if (PUBLICATION | self._published_facts()) & vals.keys():
            self._refuse_if_published()

    def _refuse_if_published(self):
        published = self.sudo().filtered("essential_published_on")
        if published:
            raise UserError(
                self.env._(
                    "%(names)s: these essential data were published, and published data never change. "
                    "Add a modification instead.",
                    names=", ".join(published.mapped("display_name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._refuse_if_published()
