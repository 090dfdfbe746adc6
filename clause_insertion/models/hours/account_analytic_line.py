from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from .clause_insertion_declaration import OPEN_STATES

INSERTION_GROUPS = (
    "clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator,base.group_portal"
)
MOST_HOURS_A_LINE = 744  # a month of 31 days, day and night: more is a typing error


class Figures(NamedTuple):
    """Three counts that are never mixed: hours add up, people and contracts are counted once."""

    hours: float = 0
    people: int = 0
    contracts: int = 0


# What only the buttons of a declaration change.
LIFE_FIELDS = frozenset(
    {
        "insertion_state",
        "insertion_validated_on",
        "insertion_refusal",
        "insertion_reversal_of_id",
        "insertion_import_id",
    }
)
# Computed by Odoo for each line, the same for all the hours of a clause (no account or journal of Odoo's books).
GIVEN = (
    "currency_id",
    "department_id",
    "general_account_id",
    "journal_id",
    "manager_id",
    "parent_task_id",
    "partner_id",
)


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

    # -- figures -------------------------------------------------------------------------------------
    # What hours amount to, for the records that set objectives: one place, whatever they are grouped by.

    @api.model
    def _insertion_figures(self, domain, groupby):
        """``{(value of each groupby): Figures}`` of the hours in ``domain``, in two queries.

        Hours are those validated, less what was taken back; people and contracts are those under
        an hour that still stands. Records are given by their id.
        """
        validated = Domain(domain) & Domain("insertion_state", "=", "validated")
        standing = (
            validated & Domain("insertion_reversal_of_id", "=", False) & Domain("insertion_reversal_ids", "=", False)
        )
        figures = defaultdict(Figures)
        for *key, hours in self._read_group(validated, groupby, ["unit_amount:sum"]):
            figures[self._plain(key)] = Figures(hours)
        counts = ["insertion_participant_id:count_distinct", "clause_insertion_id:array_agg_distinct"]
        for *key, people, clause_ids in self._read_group(standing, groupby, counts):
            contracts = {clause._contract() for clause in self.env["clause.insertion"].browse(clause_ids)}
            figures[self._plain(key)] = figures[self._plain(key)]._replace(people=people, contracts=len(contracts))
        return figures

    @staticmethod
    def _plain(key):
        return tuple(value.id if isinstance(value, models.BaseModel) else value for value in key)

    # -- ledger --------------------------------------------------------------------------------------
    # The ledger: who declares an hour, and that nobody changes it once validated.

    # -- guards ------------------------------------------------------------------------------------

    def write(self, vals):
        self._check_ledger()
        insertion = self.sudo().filtered("clause_insertion_id")
        if insertion and not self.env.su:
            self._check_declarant()
            if (LIFE_FIELDS | {"clause_insertion_id", "insertion_declaration_id"}) & vals.keys():
                raise AccessError(self.env._("Hours are validated, refused or reversed with the buttons."))
            if any(line.insertion_declaration_id.state not in OPEN_STATES for line in insertion):
                raise UserError(self.env._("These hours were submitted: the relay validates or refuses them first."))
        if not insertion and "clause_insertion_id" in vals and vals["clause_insertion_id"]:
            raise UserError(self.env._("A timesheet cannot become an insertion hour: declare the hour."))
        return super().write(vals)

    def _check_declarant(self):
        """Odoo lets whoever approves timesheets write on all of them; an hour is its contractor's to declare."""
        if not self.env.su and self.env.user._is_internal():
            raise AccessError(
                self.env._("The contractor declares its hours, on the portal or by a file: use “Import hours”.")
            )

    def _check_ledger(self):
        """Validated hours are a ledger: nobody changes them, superuser included."""
        if any(line.insertion_state == "validated" for line in self.sudo()):
            raise UserError(
                self.env._("Validated hours can be neither changed nor deleted. Correct them with “Reverse”.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ledger(self):
        self._check_ledger()
        insertion = self.sudo().filtered("clause_insertion_id")
        if insertion:
            self._check_declarant()
        if not self.env.su and any(line.insertion_declaration_id.state not in OPEN_STATES for line in insertion):
            raise UserError(self.env._("These hours were submitted: the relay validates or refuses them first."))

    # -- buttons -----------------------------------------------------------------------------------

    def action_refuse(self, reason=None):
        """The relay refuses these hours, with a reason; the rest of the declaration goes on."""
        self.insertion_declaration_id._check_validator()
        if not reason:
            return self.insertion_declaration_id._ask_reason({"default_line_ids": self.ids})
        self.sudo()._refuse(reason)  # the validator was checked above

    def _refuse(self, reason):
        self.write({"insertion_state": "refused", "insertion_refusal": reason})

    def action_reverse(self, reason=None):
        """Take validated hours back with a line of the opposite sign, dated like them, validated now."""
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
        return self.create_reversals(lines, reason)

    @api.private
    def create_reversals(self, lines, reason):
        now = fields.Datetime.now()
        return lines.create(
            [
                {
                    **values,
                    "unit_amount": -line.unit_amount,
                    "name": reason,
                    "insertion_state": "validated",
                    "insertion_validated_on": now,
                    "insertion_reversal_of_id": line.id,
                }
                for line, values in zip(lines, lines._reversal_values(), strict=True)
            ]
        )

    def _reversal_values(self):
        fnames = (
            "date",
            "insertion_declaration_id",
            "insertion_participant_id",
            "insertion_employment_id",
            "insertion_kind",
            "insertion_is_monthly",
        )
        return [{name: line._fields[name].convert_to_write(line[name], line) for name in fnames} for line in self]

    # -- timesheet -----------------------------------------------------------------------------------
    # What Odoo asks of a timesheet, filled in from the clause, for one hour or for many.

    @api.model_create_multi
    def create(self, vals_list):
        insertion = [
            vals for vals in vals_list if vals.get("clause_insertion_id") or vals.get("insertion_declaration_id")
        ]
        if insertion:
            self._complete_insertion_values(insertion)
        return super().create(vals_list)

    def _complete_insertion_values(self, vals_list):
        """Fill in what Odoo asks of a timesheet, so that an hour is typed with a person and a number alone."""
        self._check_declarant()
        if not self.env.su and any(LIFE_FIELDS & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("Hours are declared as a draft, and validated by the relay."))
        find_employment = self.env["clause.insertion.employment"]._finder(
            vals.get("insertion_participant_id") for vals in vals_list if "insertion_employment_id" not in vals
        )
        # sudo: the clause's project and the technical employee are plumbing that no role reads
        declarations = (
            self.env["clause.insertion.declaration"]
            .sudo()
            .browse({vals.get("insertion_declaration_id") for vals in vals_list} - {None, False})
        )
        clauses = {declaration.id: declaration.clause_id for declaration in declarations}
        shared = self._insertion_timesheet_values(declarations.clause_id)
        no_clause, today = self.env["clause.insertion"], fields.Date.context_today(self)
        for vals in vals_list:
            clause = clauses.get(vals.get("insertion_declaration_id"), no_clause)
            vals.setdefault("insertion_state", "draft")
            vals.setdefault("insertion_kind", "work")
            vals.setdefault("date", today)
            for name in GIVEN:
                vals.pop(name, None)
            vals.update(name=vals.get("name") or clause.name, amount=0, **shared.get(clause, {}))
            if "insertion_employment_id" not in vals:
                vals["insertion_employment_id"] = find_employment(
                    vals.get("insertion_participant_id"), clause.id, fields.Date.to_date(vals["date"])
                )

    def _insertion_timesheet_values(self, clauses):
        """What all the hours of a clause have in common, by clause: given once, not computed line by line."""
        employees = {company: company._insertion_employee() for company in clauses.company_id}
        accounts = {
            (project, company): self._timesheet_preprocess_get_accounts(
                {"project_id": project.id, "company_id": company.id}
            )
            for project, company in {(clause.project_id, clause.company_id) for clause in clauses}
        }
        return {
            clause: accounts[clause.project_id, clause.company_id]
            | self._insertion_clause_values(clause, employees[clause.company_id])
            for clause in clauses
        }

    def _insertion_clause_values(self, clause, employee):
        task, project, company = clause.task_id, clause.project_id, clause.company_id
        values = {
            "clause_insertion_id": clause.id,
            "project_id": project.id,
            "task_id": task.id,
            "parent_task_id": task.parent_id.id,
            "partner_id": (task.partner_id or project.partner_id).id,
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "product_uom_id": company.project_time_mode_id.id,
            "employee_id": employee.id,
            "department_id": employee.department_id.id,
            "manager_id": employee.parent_id.id,
            "category": "other",
        }
        return {name: value for name, value in values.items() if value}

    def _create(self, data_list):
        """The columns that Odoo would compute again for each new line are those given for the clause."""
        lines = super()._create(data_list)
        given = [data["record"].id for data in data_list if data["stored"].get("clause_insertion_id")]
        for name in GIVEN:
            self.env.remove_to_compute(self._fields[name], self.browse(given))
        return lines

    @api.model
    def default_get(self, fields):
        """Hours brought in by thousands say everything themselves."""
        return {} if self.env.context.get("insertion_without_defaults") else super().default_get(fields)

    def _timesheet_preprocess_get_accounts(self, vals):
        """The accounts of an hour are those of its clause's project, given with the rest."""
        return {} if vals.get("clause_insertion_id") else super()._timesheet_preprocess_get_accounts(vals)

    def _timesheet_postprocess(self, values):
        """A new hour costs nothing: no amount is written back line by line."""
        return values if values.get("clause_insertion_id") else super()._timesheet_postprocess(values)

    def _check_company(self, fnames=None):
        """New hours of a clause share nearly all their records: those that do are checked once for all."""
        if fnames:
            return super()._check_company(fnames)
        insertion = self.filtered("clause_insertion_id")
        shared = {*self._get_plan_fnames(), *GIVEN}
        own = [n for n, field in self._fields.items() if field.relational and field.check_company and n not in shared]
        alike = {tuple(line[name].id for name in ("clause_insertion_id", *own)): line.id for line in insertion}
        return super(AccountAnalyticLine, (self - insertion) + self.browse(alike.values()))._check_company()

    def _check_can_write(self, values):
        """Insertion hours have rules of their own; Odoo's "own timesheets only" is about staff."""
        insertion = self.sudo().filtered("clause_insertion_id")
        return super(AccountAnalyticLine, self - insertion.sudo(self.env.su))._check_can_write(values)

    def _timesheet_postprocess_values(self, values):
        """The technical employee costs nothing: there is no amount to compute."""
        insertion = self.sudo().filtered("clause_insertion_id")
        result = super(AccountAnalyticLine, self - insertion.sudo(self.env.su))._timesheet_postprocess_values(values)
        return {**dict.fromkeys(insertion.ids, {}), **result}
