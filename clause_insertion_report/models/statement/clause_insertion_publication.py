import json
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.clause_insertion.tools.base.button import button, same_text
from odoo.addons.clause_insertion.tools.base.days import region_day, region_today

from ...engine.statement import from_plain, to_plain
from ...report.statement.clause_insertion_statement import StatementTables
from ...report.statement.statement_names import StatementNames
from .clause_insertion_statement_mixin import SCOPES

ABOUT = [field for field, _column in SCOPES.values()]


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
    number = fields.Integer(
        readonly=True,
        copy=False,
        locked=True,
        aggregator=None,
        help="Of the publications of the same statement: another one has other figures.",
    )
    withdrawn_on = fields.Date("Withdrawn on", readonly=True, copy=False, locked=True)
    withdrawn_by = fields.Many2one("res.users", readonly=True, copy=False, locked=True)
    withdrawal_reason = fields.Char("Reason of the withdrawal", readonly=True, copy=False, locked=True)
    note = fields.Text(help="Where the statement was published, for whom; why it is archived…")
    active = fields.Boolean(default=True)

    _one_number = models.UniqueIndex(
        "(company_id, year, scope, COALESCE(facilitator_id, convention_id, partner_id, department_id, 0), number)",
        "This statement has just been published: look at the published statements.",
    )

    @api.depends("year", "number", "withdrawn_on", "published_on", "scope", "company_id", *ABOUT)
    def _compute_display_name(self):
        for publication in self:
            day = region_day(publication, publication.published_on or fields.Datetime.now())
            values = {"owner": publication._whose(), "year": publication.year, "day": publication._write_day(day)}
            if publication.withdrawn_on:
                name = self.env._("%(owner)s, %(year)s, published on %(day)s, withdrawn", **values)
            elif publication.number > 1:
                number = publication.number
                name = self.env._("%(owner)s, %(year)s, no. %(number)s, published on %(day)s", number=number, **values)
            else:
                name = self.env._("%(owner)s, %(year)s, published on %(day)s", **values)
            publication.display_name = name

    @api.depends("figures")
    @api.depends_context("lang", "tz", "uid")
    def _compute_preview(self):
        return super()._compute_preview()

    # -- publishing --------------------------------------------------------------------------------

    @api.model
    def _publish(self, question):
        """What ``question`` (a yearly statement asked for) answers now, kept: once, however often one asks.

        sudo: nobody creates a publication but here, from figures that the user has just read.
        """
        now = question._companies().sudo()._insertion_stop_recording()
        moment = min(now, question._evening(question.as_of))
        statement = question._read_statement(question.year, question.as_of, moment)
        figures, key = to_plain(statement), self._key(question)
        earlier = self.sudo().with_context(active_test=False).search([(name, "=", key[name]) for name in key])
        same = earlier.filtered(lambda given: given._says(question, figures))[:1]
        if same:
            return same.with_env(self.env)
        publication = self.sudo().create(
            {
                **key,
                "as_of": question.as_of,
                "number": max(earlier.mapped("number"), default=0) + 1,
                "company_ids": question._companies().ids,
                "published_on": now,
                "figures_until": moment,
                "published_by": self.env.uid,
                "hours_validated": statement.total.hours_validated,
                "figures": {
                    "statement": figures,
                    "previous": to_plain(question._previous_statement()),
                    "names": StatementNames(question.env, statement).to_keep(),
                },
            }
        )
        return publication.with_env(self.env)

    @api.model
    def _key(self, question):
        """Of which statement they are publications: the year, and whose it is."""
        about = question._about()
        given = {field: about.id if about and field == SCOPES[question.scope][0] else False for field in ABOUT}
        return {"company_id": question.company_id.id, "year": question.year, "scope": question.scope, **given}

    def _says(self, question, figures):
        """Whether it is in force and answers the same question with the same figures."""
        asked = self.as_of, self.company_ids
        return (
            not self.withdrawn_on
            and asked == (question.as_of, question._companies())
            and (json.loads(json.dumps(figures)) == self.figures["statement"])
        )

    def _companies(self):
        return self.company_ids

    def _statement(self):
        return from_plain(self.figures["statement"])

    def _document(self):
        names = {code: dict(found) for code, found in self.figures["names"].items()}
        document = StatementTables(self, self._statement(), from_plain(self.figures["previous"]), names).document
        return replace(document, head=(*document.head, *self._standing()))

    def _standing(self):
        """Its number beside others, and whether it still stands."""
        if self.number > 1:
            yield self.env._("Publication no. %(number)s", number=self.number)
        if self.withdrawn_on:
            day, reason = self._write_day(self.withdrawn_on), self.withdrawal_reason
            yield self.env._("Withdrawn on %(day)s. Reason: %(reason)s", day=day, reason=reason)

    # -- buttons -----------------------------------------------------------------------------------

    def action_compare(self):
        """What changed since."""
        return self.env["clause.insertion.difference"].create({"publication_id": self.id})._get_records_action()

    @button(lambda publication, reason=None: same_text(publication.withdrawal_reason, reason))
    def action_withdraw(self, reason=None):
        """It stays readable, and says that it no longer stands; the same figures may be published again."""
        self.ensure_one()
        self.check_access("write")
        if self.withdrawn_on:
            raise UserError(self.env._("This publication was already withdrawn."))
        reason = (reason or "").strip()
        if not reason:
            ask = "clause_insertion_report.clause_insertion_publication_withdrawal_action"
            action = self.env["ir.actions.act_window"]._for_xml_id(ask)
            return {**action, "context": {"default_publication_id": self.id}}
        # sudo: whoever may write its note was checked above; the rest is closed, here as well but for this
        super(ClauseInsertionPublication, self.sudo()).write(  # pylint: disable=super-method-mismatch
            {"withdrawn_on": region_today(self), "withdrawn_by": self.env.uid, "withdrawal_reason": reason}
        )
        return True

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
            raise UserError(self.env._("A published statement is kept. Withdraw it, with a reason."))
