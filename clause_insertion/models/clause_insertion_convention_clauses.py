from odoo import api, models
from odoo.fields import Domain


class ClauseInsertionConvention(models.Model):
    """A convention recorded after its clauses have started, as paper often is, finds them."""

    _inherit = "clause.insertion.convention"

    def _in_force_for(self, clause):
        """Among these, the one of the clause's relay on the day it started: first one that covers the place."""
        day, place = clause.parameters_frozen_on, clause.territory_id.parent_path or "/"
        around = {int(number) for number in place.split("/") if number}
        in_force = self.filtered(
            lambda convention: (
                convention.partner_id == clause.facilitator_id
                and convention.company_id == clause.company_id
                and convention._period()[0] <= day <= convention._period()[1]
            )
        )
        return in_force.sorted(lambda c: (not around & set(c.territory_ids.ids), -c.date_start.toordinal()))[:1]

    @api.model_create_multi
    def create(self, vals_list):
        conventions = super().create(vals_list)
        conventions.filtered("date_signed")._find_clauses()
        return conventions

    def write(self, vals):
        result = super().write(vals)
        if {"date_signed", "date_start", "date_end"} & vals.keys():
            self.filtered("date_signed")._find_clauses()
        return result

    def _find_clauses(self):
        """sudo: the convention of a clause is closed to direct writing; only empty ones are filled."""
        if not self:
            return
        since, until = min(self.mapped("date_start")), max(self.mapped("date_end"))
        domain = (
            Domain("facilitator_id", "in", self.partner_id.ids)
            & Domain("convention_id", "=", False)
            & Domain("parameters_frozen_on", ">=", since)
            & Domain("parameters_frozen_on", "<=", until)
        )
        clauses = self.env["clause.insertion"].sudo().search(domain)
        handed_over = self.env["clause.insertion.handover"].sudo().search([("clause_id", "in", clauses.ids)]).clause_id
        (clauses - handed_over)._keep_convention()
