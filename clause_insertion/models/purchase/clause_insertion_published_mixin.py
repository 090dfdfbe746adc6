from odoo import api, fields, models
from odoo.exceptions import UserError

PUBLICATION = frozenset({"essential_published_on", "essential_published_data"})


class ClauseInsertionPublishedMixin(models.AbstractModel):
    """Facts that were published as open data: they are kept as they were published, and never change again.

    A field that is one of them says ``locked="_is_published"``: once it is published, the lock holds for the
    superuser as well.
    """

    _name = "clause.insertion.published.mixin"
    _description = "Published essential data"
    _inherit = ["clause.insertion.lock.mixin"]

    essential_published_on = fields.Date("Essential data published on", readonly=True, copy=False, locked=True)
    essential_published_data = fields.Json("Essential data as published", readonly=True, copy=False, locked=True)

    def _publish_essential_data(self, day, published):
        """Keep the object ``published`` on ``day``; a record published before keeps what it has.

        sudo: officers publish purchases that only buyers write; the caller has checked that the user may.
        """
        self.ensure_one()
        if not self.essential_published_on:
            self.sudo().write({"essential_published_on": day, "essential_published_data": published})

    def _is_published(self):
        return bool(self._published())

    def _published(self):
        """sudo: who may not read a publication is bound by it all the same."""
        return self.sudo().filtered("essential_published_on")

    def _locked_among(self, names):
        locked = super()._locked_among(names)
        return sorted({*locked, *filter(self._is_published_fact, names)}) if self._is_published() else locked

    def _is_published_fact(self, name):
        return name in PUBLICATION or getattr(self._fields.get(name), "locked", None) == "_is_published"

    def _lock_message(self, names):
        if self._is_published() and any(map(self._is_published_fact, names)):
            return self._published_message()
        if PUBLICATION.intersection(names):
            return self.env._("Publication is recorded from the page “Open data file (DECP)”.")
        return super()._lock_message(names)

    def _published_message(self):
        return self.env._(
            "%(names)s: these essential data were published, and published data never change. "
            "Add a modification instead.",
            names=", ".join(self._published().mapped("display_name")),
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if self._is_published():
            raise UserError(self._published_message())
