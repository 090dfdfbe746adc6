from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.clause_insertion.tools.base.days import region_day

from ...engine.statement import from_plain, to_plain
from ...report.statement.clause_insertion_statement import StatementTables
from ...report.statement.statement_names import StatementNames
from .clause_insertion_statement_mixin import SCOPES


class ClauseInsertionPublication(models.Model):
    """A yearly statement as it was published: its numbers never change, whatever is declared later."""

    _name = "clause.insertion.publication"
    _description = "Published statement"
    _inherit = ["clause.insertion.statement.mixin"]
    _order = "year desc, published_on desc, id desc"

    published_on = fields.Datetime(required=True, readonly=True, copy=False, locked=True)
    figures_until = fields.Datetime(
        "Validated before",
        required=True,
        readonly=True,
        copy=False,
        locked=True,
        help="Hours validated from that moment on are not in these figures.",
    )
    published_by = fields.Many2one("res.users", required=True, readonly=True, copy=False, locked=True)
    figures = fields.Json(required=True, readonly=True, copy=False, locked=True, export_string_translation=False)
    hours_validated = fields.Float(readonly=True, copy=False, locked=True, aggregator=None)
    company_ids = fields.Many2many("res.company", string="Companies", readonly=True, copy=False, locked=True)
    note = fields.Text(help="Where the statement was published, for whom; why it is archived…")
    active = fields.Boolean(default=True)

    @api.depends(
        "year", "published_on", "scope", "company_id", "facilitator_id", "convention_id", "partner_id", "department_id"
    )
    def _compute_display_name(self):
        for publication in self:
            day = region_day(publication, publication.published_on or fields.Datetime.now())
            publication.display_name = self.env._(
                "%(owner)s, %(year)s, published on %(day)s",
                owner=publication._whose(),
                year=publication.year,
                day=publication._write_day(day),
            )

    @api.depends("figures")
    @api.depends_context("lang", "tz", "uid")
    def _compute_preview(self):
        return super()._compute_preview()

    # -- publishing --------------------------------------------------------------------------------

    @api.model
    def _publish(self, question):
        """What ``question`` (a yearly statement asked for) answers now, kept.

        sudo: nobody creates a publication but here, from figures that the user has just read.
        """
        now = fields.Datetime.now()
        moment = min(now, question._evening(question.as_of))
        statement = question._read_statement(question.year, question.as_of, moment)
        about = [field for field, _column in SCOPES.values()]
        publication = self.sudo().create(
            {
                **{name: question[name] for name in ("year", "as_of", "scope")},
                **{name: question[name].id for name in ("company_id", *about)},
                "company_ids": question._companies().ids,
                "published_on": now,
                "figures_until": moment,
                "published_by": self.env.uid,
                "hours_validated": statement.total.hours_validated,
                "figures": {
                    "statement": to_plain(statement),
                    "previous": to_plain(question._previous_statement()),
                    "names": StatementNames(question.env, statement).to_keep(),
                },
            }
        )
        return publication.with_env(self.env)

    def _companies(self):
        return self.company_ids

    def _statement(self):
        return from_plain(self.figures["statement"])

    def _document(self):
        names = {code: dict(found) for code, found in self.figures["names"].items()}
        return StatementTables(self, self._statement(), from_plain(self.figures["previous"]), names).document

    # -- buttons -----------------------------------------------------------------------------------

    def action_compare(self):
        """What changed since."""
        return self.env["clause.insertion.difference"].create({"publication_id": self.id})._get_records_action()

    # -- kept for good -----------------------------------------------------------------------------

    def _is_published(self):
        return True

    def _lock_message(self, names):
        if self:
            return self.env._("What was published does not change: publish a new statement.")
        return self.env._("A statement is published with the button of the yearly statement.")

    def write(self, vals):
        """No door is left to our own code either: what is locked here does not change under sudo."""
        if any(self._is_locked(name) for name in vals):
            raise UserError(self._lock_message(vals))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if self:
            raise UserError(self.env._("A published statement is kept. Archive it, with the reason as a note."))
