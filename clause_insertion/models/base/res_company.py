from odoo import fields, models

from . import clause_insertion_essential_choices_mixin  # noqa: F401  (a parent is known before its children)

USUAL_ZONE = "Europe/Paris"


class ResCompany(models.Model):
    """What a company decides for its insertion clauses: the settings, for whoever administers it."""

    _name = "res.company"
    _inherit = ["clause.insertion.essential.choices.mixin", "res.company"]  # before its own parent, the lock
    _stays_writable = False

    essential_word_ids = fields.Many2many(
        "clause.insertion.essential.word", string="Lists of essential data", groups="base.group_user"
    )
    insertion_obligation_policy = fields.Selection(
        [
            ("off", "Do nothing"),
            ("warning", "Warn the buyer"),
            ("block", "Refuse to confirm the purchase"),
        ],
        string="When a mandatory social condition is missing",
        default="warning",
        required=True,
    )
    insertion_buyer_kind = fields.Selection(
        [("local", "Local authority"), ("state", "State"), ("entity", "Contracting entity")],
        string="Kind of public buyer",
        default="local",
        required=True,
    )
    insertion_owner_kind = fields.Selection(
        [
            ("region", "Region"),
            ("department", "Département"),
            ("epci", "EPCI"),
            ("commune", "Commune"),
            ("state", "State"),
            ("hospital", "Hospital"),
            ("social_landlord", "Social landlord"),
            ("establishment", "Other public establishment"),
            ("other", "Other"),
        ],
        string="Kind of owner",
        default="region",
        required=True,
        help="In the national consolidation.",
    )
    insertion_closed_until = fields.Date(
        "Insertion hours closed until", help="No hour can be declared up to this day, included."
    )
    insertion_training_counts = fields.Boolean(
        "Training attended is proposed as hours of training",
        help="On the contractor's month, which the relay validates.",
    )
    insertion_penalty_account_id = fields.Many2one(
        "account.account",
        "Account of insertion penalties",
        check_company=True,
        help="Of the line that takes a penalty on a vendor bill. The purchase journal's account where it is empty.",
    )
    insertion_project_id = fields.Many2one("project.project", "Project of insertion hours", check_company=True)
    insertion_employee_id = fields.Many2one(
        "hr.employee", "Technical employee of insertion hours", check_company=True, copy=False, locked=True
    )

    def _insertion_zone(self):
        """The time zone in which months end, whoever asks: figures about people must not differ with the clock.

        sudo: a company's time zone is no secret.
        """
        return self.sudo()[:1].partner_id.tz or USUAL_ZONE

    def _insertion_project(self):
        """The project that carries the company's insertion hours, made on first use.

        sudo: the project is a technical container; who may start a clause was checked before.
        """
        self.ensure_one()
        company = self.sudo()
        if not company.insertion_project_id:
            company.insertion_project_id = company.env["project.project"].create(
                {
                    "name": self.env._("Insertion clauses"),
                    "company_id": company.id,
                    "allow_timesheets": True,
                    "privacy_visibility": "followers",  # what a company owes is not every employee's business
                }
            )
        return company.insertion_project_id

    def _insertion_employee(self):
        """The one technical employee that Odoo asks for on a timesheet; it costs nothing.

        It works at no hours: public holidays would be added to it as to other employees. HR cannot take it away.
        sudo: same reason as the project.
        """
        self.ensure_one()
        company = self.sudo()
        if not company.insertion_employee_id:
            company.insertion_employee_id = company.env["hr.employee"].create(
                {
                    "name": self.env._("Insertion"),
                    "company_id": company.id,
                    "hourly_cost": 0,
                    "resource_calendar_id": False,
                }
            )
        return company.insertion_employee_id
