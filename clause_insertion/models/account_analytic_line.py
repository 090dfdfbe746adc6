from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, formatLang

INSERTION_GROUPS = (
    "clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator,base.group_portal"
)
MOST_HOURS_A_LINE = 744  # a month of 31 days, day and night: more is a typing error


class AccountAnalyticLine(models.Model):
    """The insertion hour itself: a timesheet line, locked once validated.

    Hours are signed: a reversal takes back, on the day of its own validation, what a validated
    line counted. Any figure can so be given as of a date.
    """

    _inherit = "account.analytic.line"

    clause_insertion_id = fields.Many2one(
        "clause.insertion", "Insertion clause", index="btree_not_null", ondelete="restrict"
    )
    insertion_participant_id = fields.Many2one(
        "clause.insertion.participant",
        "Participant",
        index="btree_not_null",
        ondelete="restrict",
        groups=INSERTION_GROUPS,
    )
    insertion_person_name = fields.Char(
        "Person",
        compute="_compute_insertion_person_name",
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
    )
    insertion_employment_id = fields.Many2one(
        "clause.insertion.employment",
        "Work contract",
        index="btree_not_null",
        ondelete="restrict",
        groups=INSERTION_GROUPS,
    )
    insertion_declaration_id = fields.Many2one(
        "clause.insertion.declaration", "Declaration", index="btree_not_null", ondelete="restrict"
    )
    insertion_kind = fields.Selection([("work", "Work"), ("training", "Training")], "Kind of hours")
    insertion_is_monthly = fields.Boolean("Whole month", help="The day stands for the whole month.")
    insertion_state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("validated", "Validated"), ("refused", "Refused")],
        "Validation",
        readonly=True,
        copy=False,
    )
    insertion_validated_on = fields.Datetime("Validated on", readonly=True, copy=False)
    insertion_refusal = fields.Char("Reason of refusal", readonly=True, copy=False, groups=INSERTION_GROUPS)
    insertion_reversal_of_id = fields.Many2one(
        "account.analytic.line", "Reversal of", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    insertion_reversal_ids = fields.One2many("account.analytic.line", "insertion_reversal_of_id", string="Reversals")
    insertion_import_id = fields.Many2one(
        "clause.insertion.import",
        "Imported with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    insertion_warnings = fields.Text("To look at", compute="_compute_insertion_warnings", groups=INSERTION_GROUPS)

    _insertion_complete = models.Constraint(
        "CHECK (clause_insertion_id IS NULL OR (insertion_participant_id IS NOT NULL"
        " AND insertion_declaration_id IS NOT NULL AND insertion_kind IS NOT NULL AND insertion_state IS NOT NULL))",
        "An insertion hour names its person, its declaration and its kind.",
    )
    _insertion_hours_sign = models.Constraint(
        "CHECK (clause_insertion_id IS NULL OR (unit_amount < 0) = (insertion_reversal_of_id IS NOT NULL))",
        "Hours cannot be negative: a correction is made with “Reverse”.",
    )
    _insertion_one_reversal = models.UniqueIndex(
        "(insertion_reversal_of_id) WHERE insertion_reversal_of_id IS NOT NULL", "This line was already reversed."
    )
    _insertion_ledger = models.Index(
        "(clause_insertion_id, insertion_validated_on) WHERE insertion_state = 'validated'"
    )

    # -- shown -------------------------------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("insertion_participant_id")
    def _compute_insertion_person_name(self):
        for line in self:
            line.insertion_person_name = line.insertion_participant_id.person_name

    @api.depends("unit_amount", "date", "insertion_participant_id", "insertion_kind", "insertion_state")
    def _compute_insertion_warnings(self):
        warnings = self.env["clause.insertion.check"]._warnings(self)
        for line in self:
            line.insertion_warnings = warnings.get(line.id, False)

    @api.constrains("unit_amount", "date", "clause_insertion_id", "insertion_declaration_id", "insertion_employment_id")
    def _check_insertion(self):
        today = fields.Date.context_today(self)
        for line in self.sudo().filtered("clause_insertion_id"):
            if abs(line.unit_amount) > MOST_HOURS_A_LINE:
                hours = formatLang(self.env, line.unit_amount)
                raise ValidationError(self.env._("%(hours)s hours in one month are not possible.", hours=hours))
            if line.date > today:
                day = format_date(self.env, line.date)
                raise ValidationError(self.env._("Hours cannot be declared in advance: %(date)s.", date=day))
            declaration = line.insertion_declaration_id
            if (line.date.year, line.date.month) != (declaration.month.year, declaration.month.month):
                day = format_date(self.env, line.date)
                raise ValidationError(self.env._("%(date)s is not in the month declared.", date=day))
            employment = line.insertion_employment_id
            if employment and employment.participant_id != line.insertion_participant_id:
                raise ValidationError(self.env._("The work contract is another person's."))
            closed = line.company_id.insertion_closed_until
            if closed and line.date <= closed and not line.insertion_reversal_of_id:
                day = format_date(self.env, line.date)
                raise ValidationError(self.env._("%(date)s is closed: its hours can no longer change.", date=day))
