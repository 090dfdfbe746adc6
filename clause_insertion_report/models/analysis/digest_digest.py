from odoo import fields, models

MENU = "%s?menu_id=%s"


class DigestDigest(models.Model):
    """Insertion in the periodic e-mail. Whoever may not read the figures has none in theirs: reading them refuses."""

    _inherit = "digest.digest"

    kpi_insertion_hours = fields.Boolean("Insertion hours validated")
    kpi_insertion_hours_value = fields.Float(
        compute="_compute_kpi_insertion_hours_value", export_string_translation=False
    )
    kpi_insertion_clauses = fields.Boolean("Insertion clauses that started")
    kpi_insertion_clauses_value = fields.Integer(
        compute="_compute_kpi_insertion_clauses_value", export_string_translation=False
    )

    def _compute_kpi_insertion_hours_value(self):
        """By the day of the validation: hours worked long ago count in the period that validated them."""
        self._calculate_company_based_kpi(
            "clause.insertion.hours.report",
            "kpi_insertion_hours_value",
            date_field="validated_on",
            sum_field="hours_validated",
        )

    def _compute_kpi_insertion_clauses_value(self):
        """Those whose contract started, by the day on which their parameters were frozen."""
        self._calculate_company_based_kpi(
            "clause.insertion", "kpi_insertion_clauses_value", date_field="parameters_frozen_on"
        )

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        hours = self.env.ref("clause_insertion_report.clause_insertion_hours_report_menu").id
        clauses = self.env.ref("clause_insertion.clause_insertion_menu").id
        actions["kpi_insertion_hours"] = MENU % ("clause_insertion_report.clause_insertion_hours_report_action", hours)
        actions["kpi_insertion_clauses"] = MENU % ("clause_insertion.clause_insertion_action", clauses)
        return actions
