from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date
from odoo.tools.mimetypes import guess_mimetype

from ...engine.exact import hundredths, total
from ...engine.months import first_day, last_day
from ...engine.proof_files import BYTES_THAT_TELL, MOST_FILES, extension, problem
from ...tools.base.button import button, same_text
from ...tools.base.days import region_today
from ...tools.hours.month_grid import MonthGrid

OPEN_STATES = ("draft", "refused")
TYPED_LATE = relativedelta(years=1)  # a purchase may be typed after the work has begun
NAME_GROUPS = "clause_insertion.group_clause_insertion_facilitator,base.group_portal"  # who may know names
PROOF_FIELD = "attachment_ids"
ACTIVITY = "clause_insertion.mail_activity_type_declaration"


class ClauseInsertionDeclaration(models.Model):
    """The hours of one clause in one month: declared by the contractor, validated by the relay."""

    _name = "clause.insertion.declaration"
    _description = "Monthly declaration of insertion hours"
    _inherit = [
        "clause.insertion.lock.mixin",
        "portal.mixin",
        "clause.insertion.notification.mixin",
    ]
    _order = "month desc, id desc"

    clause_id = fields.Many2one("clause.insertion", required=True, index=True, ondelete="restrict", locked="_has_hours")
    company_id = fields.Many2one(related="clause_id.company_id", store=True, precompute=True, index=True)
    partner_id = fields.Many2one(
        related="clause_id.partner_id", store=True, precompute=True, index=True, string="Contractor"
    )
    facilitator_id = fields.Many2one(
        related="clause_id.facilitator_id", store=True, precompute=True, index="btree_not_null"
    )
    month = fields.Date(
        required=True,
        index=True,
        locked="_has_hours",
        default=lambda self: first_day(region_today(self)),
        help="First day of the month declared.",
    )
    month_name = fields.Char("Month declared", compute="_compute_month_name")
    line_ids = fields.One2many("account.analytic.line", "insertion_declaration_id", string="Lines")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("validated", "Validated"),
            ("refused", "To correct"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        locked=True,
    )
    state_since = fields.Date("In this state since", compute="_compute_state_since", store=True, precompute=True)
    hours = fields.Float(compute="_compute_hours", store=True)
    hours_validated = fields.Float("Hours validated", compute="_compute_hours", store=True)
    warning_count = fields.Integer("Warnings", compute="_compute_warning_count")
    submitted_on = fields.Datetime("Submitted on", readonly=True, copy=False, locked=True)
    validated_on = fields.Datetime("Validated on", readonly=True, copy=False, locked=True)
    validated_by = fields.Many2one("res.users", "Validated by", readonly=True, copy=False, locked=True)
    is_taken_over = fields.Boolean(
        "Taken over", readonly=True, copy=False, locked=True, help="Validated before this program was used."
    )
    can_validate = fields.Boolean(compute="_compute_can_validate")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Proofs",
        copy=False,
        bypass_search_access=True,  # attachments check their own access, and hide those of a field from searches
        groups=NAME_GROUPS,
    )

    proof_count = fields.Integer("Proofs to read", compute="_compute_proof_count")

    _one_open_month = models.UniqueIndex(
        "(clause_id, month) WHERE state != 'validated'", "This clause already has an open declaration for that month."
    )
    _month_first_day = models.Constraint(
        "CHECK (EXTRACT(DAY FROM month) = 1)", "A declaration's month is given by its first day."
    )

    @api.depends("state")
    def _compute_state_since(self):
        self.state_since = region_today(self)

    @api.depends_context("lang")
    @api.depends("month")
    def _compute_month_name(self):
        for declaration in self:
            declaration.month_name = format_date(self.env, declaration.month, date_format="MMMM y")

    @api.depends_context("lang")
    @api.depends("clause_id.name", "month")
    def _compute_display_name(self):
        for declaration in self:
            declaration.display_name = f"{declaration.clause_id.name or ''} – {declaration.month_name}"

    @api.depends("line_ids.unit_amount", "line_ids.insertion_state")
    def _compute_hours(self):
        sums = {}
        for declaration, state, hours in self.env["account.analytic.line"]._read_group(
            [("insertion_declaration_id", "in", self.ids)],
            ["insertion_declaration_id", "insertion_state"],
            ["unit_amount:sum"],
        ):
            sums.setdefault(declaration.id, {})[state] = hundredths(hours)
        for declaration in self:
            by_state = sums.get(declaration._origin.id, {})
            declaration.hours = total(by_state.values())
            declaration.hours_validated = by_state.get("validated", 0)

    @api.depends("line_ids.insertion_warnings")
    def _compute_warning_count(self):
        for declaration in self:
            declaration.warning_count = len(declaration.line_ids.filtered("insertion_warnings"))

    @api.depends_context("uid")
    @api.depends("state", "facilitator_id")
    def _compute_can_validate(self):
        for declaration in self:
            declaration.can_validate = declaration.state == "submitted" and declaration._is_validator()

    @api.depends_context("uid")
    @api.depends("attachment_ids", "facilitator_id")
    def _compute_proof_count(self):
        for declaration in self:
            declaration.proof_count = len(declaration._proofs())

    # -- guards ------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("month"):
                vals["month"] = first_day(fields.Date.to_date(vals["month"]))
        self.flush_model(["state"])  # the index on open months reads the database
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("month"):
            vals = {**vals, "month": first_day(fields.Date.to_date(vals["month"]))}
        return super().write(vals)

    def _has_hours(self):
        return bool(self.line_ids)

    def _lock_message(self, names):
        if {"clause_id", "month"}.issuperset(names):
            return self.env._("A declaration with hours keeps its clause and its month.")
        return self.env._("A declaration is submitted, validated or refused with its buttons.")

    @api.constrains("clause_id", "month")
    def _check_month(self):
        today = region_today(self)
        for declaration in self:
            if declaration.month > today:
                raise ValidationError(self.env._("A month that has not begun cannot be declared."))
            start = declaration.clause_id.date_start or declaration.clause_id.parameters_frozen_on
            if start and declaration.month < first_day(start - TYPED_LATE):
                raise ValidationError(self.env._("The contract had not begun in that month."))
            closed = declaration.company_id.insertion_closed_until
            if closed and last_day(declaration.month) <= closed:
                raise ValidationError(self.env._("This month is closed: its hours can no longer change."))

    @api.constrains("clause_id")
    def _check_clause(self):
        if any(declaration.clause_id.state in ("draft", "planned", "cancelled") for declaration in self):
            raise ValidationError(self.env._("Hours can be declared once the contract is running."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_validated(self):
        if any(declaration.state not in OPEN_STATES or declaration.hours_validated for declaration in self):
            raise UserError(
                self.env._("A declaration that was submitted is kept: refuse or reverse its hours instead.")
            )
        self.line_ids.unlink()

    # -- submitted, then validated or refused --------------------------------------------------------

    def _is_validator(self):
        """The clause's relay validates; the Region does where there is none, or where it is the contractor itself."""
        if relay := self._answering_relay():
            return self.env.user.commercial_partner_id == relay
        return self.env.user.has_group("clause_insertion.group_clause_insertion_officer")

    def _check_validator(self):
        self.check_access("read")
        if not all(declaration._is_validator() for declaration in self):
            raise AccessError(
                self.env._("The relay of the clause validates its hours; the Region does where there is no relay.")
            )
        if any(declaration.state != "submitted" for declaration in self):
            raise UserError(self.env._("Only a submitted declaration can be validated or refused."))

    def _was_validated(self):
        """Answered, since it was last submitted, by a validation: refused hours send the rest of it back."""
        is_answered = self.state in ("validated", "refused") and bool(self.validated_on)
        return is_answered and not (self.submitted_on and self.submitted_on > self.validated_on)

    def _was_refused(self, reason):
        return self.state == "refused" and any(same_text(line.insertion_refusal, reason) for line in self.line_ids)

    def _open_lines(self):
        return self.line_ids.filtered(lambda line: line.insertion_state in ("draft", "submitted"))

    @button(lambda declaration: declaration.state == "submitted")
    def action_submit(self):
        """The contractor has declared its month; nothing more changes until the relay answers."""
        self.check_access("write")
        if any(declaration.state not in OPEN_STATES for declaration in self):
            raise UserError(self.env._("This declaration was already submitted."))
        declarations = self.sudo()  # access was checked above; states are closed to direct writing
        if any(line.insertion_state == "refused" for line in declarations.line_ids):
            raise UserError(self.env._("Correct or remove the refused hours first."))
        declarations._open_lines().write({"insertion_state": "submitted"})
        declarations.write({"state": "submitted", "submitted_on": fields.Datetime.now()})
        for declaration in self:
            declaration._notify_relay(
                ACTIVITY, self.env._("The hours of %(month)s wait for your answer.", month=declaration.month_name)
            )

    @button(lambda declaration: declaration._was_validated())
    def action_validate(self):
        """The relay counts what it has not refused; refused hours go back to the contractor."""
        self._check_validator()
        declarations = self.sudo()  # the validator was checked above
        now = fields.Datetime.now()
        declarations._open_lines().write({"insertion_state": "validated", "insertion_validated_on": now})
        for declaration in declarations:
            has_refused = any(line.insertion_state == "refused" for line in declaration.line_ids)
            declaration.write(
                {
                    "state": "refused" if has_refused else "validated",
                    "validated_on": now,
                    "validated_by": self.env.user.id,
                }
            )
        self._answer_contractor()

    def action_validate_clean(self):
        """Validate, among the selected declarations, those that raise no warning."""
        clean = self.filtered(lambda d: d.can_validate and not d.warning_count)
        clean.action_validate()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if clean else "warning",
                "message": self.env._(
                    "%(done)s declarations validated, %(left)s left to look at.",
                    done=len(clean),
                    left=len(self) - len(clean),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @button(lambda declaration, reason=None: declaration._was_refused(reason))
    def action_refuse(self, reason=None):
        """Send everything back; without a reason, ask for it."""
        self._check_validator()
        if not reason:
            return self._ask_reason({"default_declaration_ids": self.ids})
        declarations = self.sudo()  # the validator was checked above
        declarations._open_lines()._refuse(reason)
        declarations.state = "refused"
        for declaration in declarations:
            declaration.message_post(
                body=self.env._("Refused: %(reason)s", reason=reason), author_id=self.env.user.partner_id.id
            )
        self._answer_contractor()

    @api.model
    def _ask_reason(self, context):
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_refusal_action")
        return {**action, "context": context}

    def _answer_contractor(self):
        """What the relay decided; its reasons are read on the page, not in an e-mail."""
        self._close_relay_activity(ACTIVITY)
        for declaration in self:
            message = (
                self.env._("The hours of %(month)s are validated.", month=declaration.month_name)
                if declaration.state == "validated"
                else self.env._(
                    "Hours of %(month)s are refused: correct them on the page.", month=declaration.month_name
                )
            )
            declaration._notify_contractor(declaration.partner_id, message)

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for declaration in self:
            declaration.access_url = f"/my/insertion-declarations/{declaration.id}"
        return result

    def _creation_message(self):
        return self.env._("Declaration created")

    # -- proof ---------------------------------------------------------------------------------------
    # What proves a month: time sheets, pay slips. They carry names, so that only those who know them read them.

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
        found = problem(name, len(content), guess_mimetype(content[:BYTES_THAT_TELL]) if content else "")
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

    def action_open_proofs(self):
        """Where the Region validates, as the relay elsewhere, it looks at the proofs first."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.access_url, "target": "new"}

    # -- the month's page ----------------------------------------------------------------------------

    @api.model
    def _open_month(self, clause, month):
        """The declaration of that month to work on: the open one, else a new one."""
        month = fields.Date.to_date(month)
        found = self.search([("clause_id", "=", clause.id), ("month", "=", month)], order="id desc", limit=1)
        if found and found.state != "validated":
            return found
        return self.create({"clause_id": clause.id, "month": month})

    def _month_grid(self):
        return MonthGrid(self)

    def _proposed_hours(self):
        """Hours that the page types ahead where nothing was declared: ``{(work contract id, kind): hours}``."""
        self.ensure_one()
        return {}
