from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine.snapshot import from_plain, to_plain
from ..report.clause_insertion_statement_tables import MODELS, StatementTables
from .clause_insertion_statement_mixin import SCOPES

FREE_FIELDS = frozenset({"note", "active"})


class ClauseInsertionPublication(models.Model):
    """A yearly statement as it was published: its numbers never change, whatever is declared later."""

    _name = "clause.insertion.publication"
    _description = "Published statement"
    _inherit = ["clause.insertion.statement.mixin"]
    _order = "year desc, published_on desc, id desc"

    published_on = fields.Datetime(required=True, readonly=True)
    figures_until = fields.Datetime(
        "Validated before",
        required=True,
        readonly=True,
        help="Hours validated from that moment on are not in these figures.",
    )
    published_by = fields.Many2one("res.users", required=True, readonly=True)
    figures = fields.Json(required=True, readonly=True, export_string_translation=False)
    hours_validated = fields.Float(readonly=True, aggregator=None)
    company_ids = fields.Many2many("res.company", string="Companies", readonly=True)
    note = fields.Text(help="Where the statement was published, for whom; why it is archived…")
    active = fields.Boolean(default=True)

    @api.depends(
        "year", "published_on", "scope", "company_id", "facilitator_id", "convention_id", "partner_id", "department_id"
    )
    def _compute_display_name(self):
        for publication in self:
            day = fields.Datetime.context_timestamp(publication, publication.published_on or fields.Datetime.now())
            publication.display_name = self.env._(
                "%(owner)s, %(year)s, published on %(day)s",
                owner=publication._whose(),
                year=publication.year,
                day=publication._write_day(day.date()),
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
        tables = StatementTables(question, statement, question._previous_statement())
        names = {code: tables.record_names(code) for code in MODELS}
        return self.browse(
            self.sudo()
            .create(
                {
                    **{name: question[name] for name in ("year", "as_of", "scope")},
                    **{
                        name: question[name].id
                        for name in ("company_id", *(field for field, _column in SCOPES.values()))
                    },
                    "company_ids": question._companies().ids,
                    "published_on": now,
                    "figures_until": moment,
                    "published_by": self.env.uid,
                    "hours_validated": statement.total.hours_validated,
                    "figures": {
                        "statement": to_plain(statement),
                        "previous": to_plain(tables.previous),
                        "names": names,
                    },
                }
            )
            .id
        )

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

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("A statement is published with the button of the yearly statement."))
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - FREE_FIELDS:
            raise UserError(self.env._("What was published does not change: publish a new statement."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if self:
            raise UserError(self.env._("A published statement is kept. Archive it, with the reason as a note."))
