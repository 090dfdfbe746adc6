from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import clean_context

from ...engine.exact import total
from ...tools.base.button import button
from ...tools.hours.hour_dates import date_hours
from ...tools.hours.hour_reversal import reversal_values, taken_back
from ...tools.hours.hour_rules import check_certified, check_hours
from ...tools.hours.hour_values import TYPED_FIELDS, hour_values
from ...tools.hours.hour_warnings import hour_warnings
from ...tools.hours.timesheet_access import is_opened_by_others
from ..base.clause_insertion_lock_mixin import is_ours
from .clause_insertion_declaration import NAME_GROUPS, OPEN_STATES

# Who knows people, at least by their pseudonyms.
INSERTION_GROUPS = (
    "clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator,base.group_portal"
)
PERSON_FIELDS = ("insertion_participant_id", "insertion_employment_id")
# Fields that Odoo computes for each line, whatever value was given: all the hours of a clause have the same.
CLAUSE_FIELDS = ("currency_id", "department_id", "journal_id", "manager_id", "parent_task_id")


class AccountAnalyticLine(models.Model):
    """The insertion hour itself: a timesheet line, declared by the contractor, which nobody changes once validated.

    Its person, work contract, kind, day, number and description are typed by the contractor while it may; all the
    rest is given by the clause, by the relay's answer or by the program. On any other timesheet, nothing is changed.

    Hours are signed: a reversal takes back, on the day of its own validation, what a validated
    line counted. Any figure can so be given as of a date.
    """

    _name = "account.analytic.line"
    _inherit = ["clause.insertion.lock.mixin", "account.analytic.line"]
    _stays_writable = False  # asked of insertion hours alone

    clause_insertion_id = fields.Many2one(
        "clause.insertion", "Insertion clause", index="btree_not_null", ondelete="restrict", copy=False, locked=True
    )
    insertion_participant_id = fields.Many2one(
        "clause.insertion.participant",
        "Participant",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        groups=INSERTION_GROUPS,
        locked="_has_timesheet",
    )
    insertion_person_name = fields.Char("Person", compute="_compute_insertion_person_name", groups=NAME_GROUPS)
    insertion_employment_id = fields.Many2one(
        "clause.insertion.employment",
        "Work contract",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        groups=INSERTION_GROUPS,
        locked="_has_timesheet",
    )
    insertion_declaration_id = fields.Many2one(
        "clause.insertion.declaration", "Declaration", index="btree_not_null", ondelete="restrict", locked="_is_created"
    )
    insertion_kind = fields.Selection(
        [("work", "Work"), ("training", "Training")], "Kind of hours", locked="_has_timesheet"
    )
    insertion_is_monthly = fields.Boolean(
        "Whole month", help="The day stands for the whole month.", locked="_has_timesheet"
    )
    insertion_state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("validated", "Validated"), ("refused", "Refused")],
        "Validation",
        readonly=True,
        copy=False,
        locked=True,
    )
    insertion_validated_on = fields.Datetime("Validated on", readonly=True, copy=False, locked=True)
    insertion_recorded_on = fields.Datetime(
        "Recorded on",
        readonly=True,
        copy=False,
        locked=True,
        help="When it was counted here, whatever the day of its validation. Figures as of an earlier day leave it out.",
    )
    insertion_declared_on = fields.Datetime(
        "Declared on", readonly=True, copy=False, locked=True, help="With these hours: when they were first submitted."
    )
    insertion_refusal = fields.Char(
        "Reason of refusal", readonly=True, copy=False, groups=INSERTION_GROUPS, locked=True
    )
    insertion_reversal_of_id = fields.Many2one(
        "account.analytic.line",
        "Reversal of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        locked=True,
    )
    insertion_reversal_rank = fields.Integer(
        readonly=True, copy=False, locked=True, export_string_translation=False, aggregator=None
    )
    insertion_reverses_all = fields.Boolean(
        "Nothing left", readonly=True, copy=False, locked=True, help="With this reversal, nothing of the line counts."
    )
    insertion_reversal_ids = fields.One2many("account.analytic.line", "insertion_reversal_of_id", string="Reversals")
    insertion_import_id = fields.Many2one(
        "clause.insertion.import",
        "Imported with",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        locked=True,
    )
    insertion_warnings = fields.Text("To look at", compute="_compute_insertion_warnings", groups=INSERTION_GROUPS)

    # A timesheet is an insertion hour as a whole, or has nothing of one.
    _insertion_complete = models.Constraint(
        """CHECK (
            CASE WHEN clause_insertion_id IS NULL
                 THEN num_nonnulls(
                    insertion_participant_id, insertion_employment_id, insertion_declaration_id, insertion_kind,
                    insertion_state, insertion_validated_on, insertion_refusal, insertion_reversal_of_id,
                    insertion_import_id, insertion_recorded_on, insertion_declared_on,
                    NULLIF(insertion_is_monthly, FALSE)
                 ) = 0
                 ELSE num_nulls(
                    insertion_participant_id, insertion_declaration_id, insertion_kind, insertion_state
                 ) = 0
             END
        )""",
        "An insertion hour names its person, its declaration and its kind.",
    )
    _insertion_hours_sign = models.Constraint(
        "CHECK (clause_insertion_id IS NULL OR (unit_amount < 0) = (insertion_reversal_of_id IS NOT NULL))",
        "Hours cannot be negative: a correction is made with “Reverse”.",
    )
    _insertion_one_reversal = models.UniqueIndex(
        "(insertion_reversal_of_id, insertion_reversal_rank) WHERE insertion_reversal_of_id IS NOT NULL",
        "Somebody has just reversed this line: look at what is left of it.",
    )
    _insertion_ledger = models.Index("(clause_insertion_id, insertion_recorded_on) WHERE insertion_state = 'validated'")

    def _insertion_hours(self):
        """Those of these lines that are insertion hours. sudo: whoever writes a line does not always read it."""
        return self.sudo().filtered("clause_insertion_id").with_env(self.env)

    # -- computed, checked ---------------------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("insertion_participant_id")
    def _compute_insertion_person_name(self):
        for line in self:
            line.insertion_person_name = line.insertion_participant_id.person_name

    @api.depends("unit_amount", "date", "insertion_participant_id", "insertion_kind", "insertion_state")
    def _compute_insertion_warnings(self):
        warnings = hour_warnings(self)
        for line in self:
            line.insertion_warnings = warnings.get(line.id, False)

    @api.constrains(
        "unit_amount",
        "date",
        "clause_insertion_id",
        "insertion_declaration_id",
        "insertion_participant_id",
        "insertion_employment_id",
    )
    def _check_insertion(self):
        check_hours(self.sudo().filtered("clause_insertion_id"))  # the same for everybody, whatever they read

    @api.constrains("insertion_state", "unit_amount", "clause_insertion_id")
    def _check_certified(self):
        check_certified(self.sudo())  # the same

    # -- locks ---------------------------------------------------------------------------------------

    def _is_locked(self, name):
        """Beside our own fields: of an insertion hour, the fields of a timesheet that its clause gives."""
        if getattr(self._fields.get(name), "locked", False):
            return super()._is_locked(name)
        return name not in TYPED_FIELDS and bool(self._insertion_hours())

    def _has_timesheet(self):
        """A lock: a timesheet that is no insertion hour has no person, nor anything else of one."""
        return bool(self - self._insertion_hours())

    def _lock_message(self, names):
        if {"insertion_state", "insertion_validated_on", "insertion_refusal", "insertion_reversal_of_id"} & set(names):
            return self.env._("Hours are validated, refused or reversed with the buttons.")
        return super()._lock_message(names)

    def _may_name(self, name, hidden):
        """A person whose hire waits for the relay, or who has hours already.

        sudo: of contracts and of other hours that the user reads, whose they are.
        """
        if name != "insertion_participant_id":
            return super()._may_name(name, hidden)
        people = [("participant_id", "in", hidden.ids)]
        hours = [("insertion_participant_id", "in", hidden.ids), ("id", "not in", self.ids)]
        known = self.env["clause.insertion.employment"].search(people).sudo().participant_id
        return (known | self.search(hours).sudo().insertion_participant_id).with_env(self.env)

    def write(self, vals):
        self._check_ledger()
        hours = self._insertion_hours()
        hours._check_open_to_user()
        if vals.get("clause_insertion_id") and self - hours:
            raise UserError(self.env._("A timesheet cannot become an insertion hour: declare the hour."))
        if hours:
            vals = date_hours(hours, vals)
        result = super().write(vals)
        if hours:
            hours.check_access("write")  # a write hands an hour to nobody else
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        self._check_ledger()
        hours = self._insertion_hours()
        hours._check_open_to_user()
        self.env["clause.insertion.act"]._keep_hours(hours.filtered("insertion_declared_on"))

    def _check_ledger(self):
        """Validated hours are a ledger: nobody changes them, superuser included."""
        if any(line.insertion_state == "validated" for line in self.sudo()):
            raise UserError(
                self.env._("Validated hours can be neither changed nor deleted. Correct them with “Reverse”.")
            )

    def _check_open_to_user(self):
        """Hours are their contractor's while their month is open."""
        if self and not self.env.su:
            self._check_declarant()
            if any(declaration.state not in OPEN_STATES for declaration in self.sudo().insertion_declaration_id):
                raise UserError(self.env._("These hours were submitted: the relay validates or refuses them first."))

    def _check_declarant(self):
        """Odoo lets whoever approves timesheets write on all of them; an hour is its contractor's to declare."""
        if not self.env.su and self.env.user._is_internal():
            raise AccessError(
                self.env._("The contractor declares its hours, on the portal or by a file: use “Import hours”.")
            )

    def _check_access(self, operation):
        """What we open to portal users is insertion hours: of other timesheets they change what others let them."""
        result = super()._check_access(operation)
        asked = not result and operation != "read" and not self.env.su and self.env.user.share
        timesheets = self - self._insertion_hours() if asked else None
        if timesheets and not is_opened_by_others(self, operation):
            return timesheets, lambda: self.env["ir.rule"]._make_access_error(operation, timesheets)
        return result

    # -- buttons -------------------------------------------------------------------------------------

    @button(lambda line, reason=None: line.insertion_state == "refused" and line.insertion_refusal == reason)
    def action_refuse(self, reason=None):
        """The relay refuses these hours, with a reason; the rest of the declaration goes on."""
        self.insertion_declaration_id._check_validator()
        if self - self._insertion_hours():
            raise UserError(self.env._("Only a submitted declaration can be validated or refused."))
        if not reason:
            return self.insertion_declaration_id._ask_reason({"default_line_ids": self.ids})
        self.sudo()._refuse(reason)  # the validator was checked above

    def _refuse(self, reason):
        self.write({"insertion_state": "refused", "insertion_refusal": reason})

    @button(taken_back)
    def action_reverse(self, reason=None, hours=None):
        """Take validated hours back with a line of the opposite sign, dated like them, validated now.

        :param hours: a part of one line, to the hundredth; all that is left of each line by default
        """
        if not reason:
            return self.env["clause.insertion.declaration"]._ask_reason(
                {"default_line_ids": self.ids, "default_is_reversal": True}
            )
        if not (
            self.env.user.has_group("clause_insertion.group_clause_insertion_officer")
            or all(line.insertion_declaration_id._is_validator() for line in self)
        ):
            raise AccessError(self.env._("The relay or the Region reverses validated hours."))
        self.check_access("read")
        lines = self.sudo()  # the rights were checked above; the ledger is closed to direct writing
        if any(line.insertion_state != "validated" or line.insertion_reversal_of_id for line in lines):
            raise UserError(self.env._("Only validated hours can be reversed, and only once."))
        return lines._reverse(reason, hours)

    def _reverse(self, reason, hours=None):
        return self.create(reversal_values(self, self._same_hours_values(), reason, hours))

    def _hours_left(self):
        """Hours of one validated line that were not taken back."""
        return total((self.unit_amount, *self.insertion_reversal_ids.mapped("unit_amount")))

    def _same_hours_values(self):
        """Whose hours they are, of which day and kind: what a line that corrects them has in common with them."""
        names = ("date", "insertion_declaration_id", *PERSON_FIELDS, "insertion_kind", "insertion_is_monthly")
        return [{name: line._fields[name].convert_to_write(line[name], line) for name in names} for line in self]

    def copy_data(self, default=None):
        """An hour is copied with its person; whoever copies another timesheet is not asked what it may read of one."""
        data = super().copy_data(default)
        for line, values in zip(self, data, strict=True):
            for name in PERSON_FIELDS if line._insertion_hours() else ():
                values.setdefault(name, line[name].id)
        return data

    # -- creation ------------------------------------------------------------------------------------
    # An hour is typed with a person and a number: what Odoo asks of a timesheet is given by the clause.

    @api.model_create_multi
    def create(self, vals_list):
        """A line that names its declaration is an insertion hour: its clause completes what was typed."""
        hours = [vals for vals in vals_list if vals.get("insertion_declaration_id")]
        if not hours:
            self.new()._refuse_locked({name for vals in vals_list for name, value in vals.items() if value})
            return super().create(vals_list)
        if len(hours) < len(vals_list):  # hours and timesheets together: each with its own rights
            return self.concat(*(self.create([vals]) for vals in vals_list))
        self._check_declarant()
        self.browse()._refuse_locked(set().union(*hours))
        # sudo: the clause's project and the technical employee are plumbing that no role reads, at which other addons
        # look too. Whether the user may create these hours is asked of what was created.
        lines = self.with_env(self.env(su=True, context=clean_context(self.env.context)))
        lines = super(AccountAnalyticLine, lines).create(hour_values(lines, hours)).with_env(self.env)
        lines.check_access("create")
        lines._refuse_hidden(lines._named(set().union(*hours)))
        return lines

    def _create(self, data_list):
        """What its clause gave an hour is not computed again, which takes 0.06 s more for 1,000 hours."""
        lines = super()._create(data_list)
        hours = self.browse(data["record"].id for data in data_list if data["stored"].get("clause_insertion_id"))
        for name in CLAUSE_FIELDS:
            self.env.remove_to_compute(self._fields[name], hours)
        return lines

    def _check_company(self, fnames=None):
        """All that Odoo checks of an hour was given by its clause: one hour of each is looked at.

        Looking at all of them takes 0.15 s more for 1,000 hours, whose creation takes 0.3 s.
        """
        if fnames:
            return super()._check_company(fnames)
        hours = self._insertion_hours()
        one_of_each = self.browse({line.clause_insertion_id.id: line.id for line in hours}.values())
        return super(AccountAnalyticLine, (self - hours) + one_of_each)._check_company()

    # -- timesheet -----------------------------------------------------------------------------------
    # What Odoo does to a timesheet that does not apply to an insertion hour.

    def _compute_field_value(self, field):
        """A validated hour keeps what it has, whatever becomes of its task, its project or the technical employee."""
        kept = self.sudo().filtered(lambda line: line.insertion_state == "validated") if field.store else self.browse()
        return super(AccountAnalyticLine, self if is_ours(field) else self - kept)._compute_field_value(field)

    def _timesheet_get_portal_domain(self):
        """Odoo's own pages of timesheets read under sudo: insertion hours are on ours alone."""
        return Domain(super()._timesheet_get_portal_domain()) & Domain("clause_insertion_id", "=", False)

    def _timesheet_preprocess_get_accounts(self, vals):
        """The accounts of an hour were given with the rest. Asking for each takes 0.1 s more for 1,000 hours."""
        return {} if vals.get("clause_insertion_id") else super()._timesheet_preprocess_get_accounts(vals)

    def _check_can_write(self, values):
        """Insertion hours have rules of their own; Odoo's "own timesheets only" is about staff."""
        return super(AccountAnalyticLine, self - self._insertion_hours())._check_can_write(values)

    def _timesheet_postprocess_values(self, values):
        """The technical employee costs nothing: there is no amount to compute."""
        hours = self._insertion_hours()
        result = super(AccountAnalyticLine, self - hours)._timesheet_postprocess_values(values)
        return {**dict.fromkeys(hours.ids, {}), **result}
