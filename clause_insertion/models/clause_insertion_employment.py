from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine.checks import Period


class ClauseInsertionEmployment(models.Model):
    """A person's work contract with an employer, for one or several clauses."""

    _name = "clause.insertion.employment"
    _description = "Work contract under insertion clauses"
    _inherit = ["clause.insertion.exchange"]
    _order = "date_start desc, id desc"

    participant_id = fields.Many2one(
        "clause.insertion.participant", required=True, index=True, ondelete="restrict", tracking=True
    )
    person_name = fields.Char(
        "Person",
        compute="_compute_person_name",
        groups="clause_insertion.group_clause_insertion_facilitator,base.group_portal",
    )
    company_id = fields.Many2one(related="participant_id.company_id", store=True, index=True)
    facilitator_id = fields.Many2one(related="participant_id.facilitator_id", store=True, index=True)
    employer_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        compute="_compute_employer_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The contractor itself, or a temporary-work, GEIQ or inclusion partner.",
    )
    clause_ids = fields.Many2many(
        "clause.insertion",
        "clause_insertion_employment_rel",
        "employment_id",
        "clause_id",
        string="Clauses",
        help="Several clauses may share one hire: each hour then names its own clause.",
    )
    contractor_ids = fields.Many2many(
        "res.partner",
        "clause_insertion_employment_contractor_rel",
        compute="_compute_contractor_ids",
        store=True,
        export_string_translation=False,
    )
    execution_mode = fields.Selection(
        [
            ("direct", "Hired by the contractor"),
            ("provision", "Made available by a third party"),
            ("subcontract", "Subcontracted or co-contracted"),
        ],
        required=True,
        default="direct",
    )
    contract_type = fields.Selection(
        [
            ("PERMANENT", "Permanent (CDI)"),
            ("PERMANENT_I", "Permanent, inclusion (CDI inclusion)"),
            ("FIXED_TERM", "Fixed term (CDD)"),
            ("FIXED_TERM_USAGE", "Customary fixed term (CDD d'usage)"),
            ("FIXED_TERM_I", "Fixed term, insertion (CDDI)"),
            ("FIXED_TERM_TREMPLIN", "Springboard fixed term (CDD Tremplin)"),
            ("APPRENTICESHIP", "Apprenticeship"),
            ("PROFESSIONAL_TRAINING", "Professional training contract"),
            ("TEMPORARY", "Temporary work"),
            ("BUSINESS_CREATION", "Business creation"),
            ("OTHER", "Other"),
        ],
        required=True,
        default="FIXED_TERM",
    )
    date_start = fields.Date("Start", required=True, tracking=True)
    date_end = fields.Date("End", tracking=True, help="Last day, included; empty for a permanent contract.")
    state = fields.Selection(
        [("draft", "To check by the relay"), ("confirmed", "Confirmed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )

    _dates_order = models.Constraint("CHECK (date_end >= date_start)", "A work contract cannot end before it starts.")

    @api.depends("participant_id.name", "employer_id.name", "date_start")
    def _compute_display_name(self):
        for employment in self:
            employment.display_name = f"{employment.participant_id.name} – {employment.employer_id.name or ''}"

    @api.depends_context("uid")
    @api.depends("participant_id")
    def _compute_person_name(self):
        for employment in self:
            employment.person_name = employment.participant_id.person_name

    @api.depends("clause_ids.partner_id", "execution_mode")
    def _compute_employer_id(self):
        for employment in self:
            if employment.execution_mode == "direct" and not employment.employer_id:
                employment.employer_id = employment.clause_ids.partner_id[:1]
            else:
                employment.employer_id = employment.employer_id

    @api.depends("clause_ids.partner_id")
    def _compute_contractor_ids(self):
        for employment in self:
            employment.contractor_ids = employment.clause_ids.partner_id

    @api.constrains("employer_id", "execution_mode", "clause_ids")
    def _check_employer(self):
        for employment in self.filtered("clause_ids"):
            contractors = employment.clause_ids.partner_id
            is_contractor = employment.employer_id.commercial_partner_id in contractors
            if employment.execution_mode == "direct" and not is_contractor:
                raise ValidationError(self.env._("With a direct hire, the employer is the contractor of the clause."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_state(vals)
        employments = super().create(vals_list)
        employments.clause_ids.sudo(self.env.su).check_access("read")
        if self.env.user._is_internal():
            employments.sudo().state = "confirmed"  # entered by the relay or the Region: nothing left to check
        return employments

    def write(self, vals):
        self._refuse_state(vals)
        result = super().write(vals)
        if "clause_ids" in vals:
            self.clause_ids.sudo(self.env.su).check_access("read")
        return result

    def _refuse_state(self, vals):
        if "state" in vals and not self.env.su:
            raise UserError(self.env._("A work contract is confirmed with its button."))

    def action_confirm(self):
        """The relay has checked the person's eligibility before the start."""
        self.check_access("write")
        if any(employment.is_employer for employment in self):
            raise UserError(self.env._("The relay confirms a work contract, not the employer."))
        self.sudo().state = "confirmed"  # access was checked above; `state` is closed to direct writing

    @api.model
    def _finder(self, participant_ids):
        """A function ``(participant id, clause id, day) -> work contract id or False``, from one query.

        sudo: it only tells which of a person's contracts an hour on a clause falls under.
        """
        contracts = defaultdict(list)
        for employment in self.sudo().search([("participant_id", "in", list(participant_ids))]):
            period = Period(employment.date_start, employment.date_end)
            for clause in employment.clause_ids:
                contracts[employment.participant_id.id, clause.id].append((period, employment.id))

        def find(participant_id, clause_id, day):
            return next((id_ for period, id_ in contracts[participant_id, clause_id] if day in period), False)

        return find

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_hours(self):
        if (
            self.env["account.analytic.line"]
            .sudo()
            .search_count([("insertion_employment_id", "in", self.ids)], limit=1)
        ):
            raise UserError(self.env._("A work contract under which hours were declared cannot be deleted."))
