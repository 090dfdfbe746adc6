from odoo import api, fields, models

from ..engine.essential_data import CCAG, MAX_OBJECT, contract_number, months_up


class ClauseInsertionEssentialDataMixin(models.AbstractModel):
    """What is known already is proposed once: the company's usual choices, and the purchase's own facts."""

    _inherit = "clause.insertion.essential.data.mixin"

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        choices = self._essential_choices(self.env.company)
        return {name: value for name, value in choices.items() if name in fields_list and value} | values

    @api.model
    def _essential_choices(self, company):
        """The company's usual choices, as values to write."""
        names = self.env["clause.insertion.essential.choices.mixin"]._fields
        usual = {name: company[name] for name in names if name.startswith("essential_")}
        return usual | {"essential_word_ids": [(6, 0, company.essential_word_ids.ids)]}

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.filtered(lambda purchase: not purchase.insertion_notified_on)._propose_essential_data()
        return result

    def action_propose_essential_data(self):
        self.check_access("write")
        self._propose_essential_data()

    def _propose_essential_data(self):
        """Fill in what is empty and can be known, where there is something to publish."""
        for purchase in self.filtered(lambda p: p.essential_required and not p.essential_published_on):
            proposed = purchase._essential_choices(purchase.company_id) | purchase._essential_proposals()
            empty = {name: value for name, value in proposed.items() if value and not purchase[name]}
            if "essential_place_code" not in empty or "essential_place_kind" not in empty:
                empty.pop("essential_place_code", None), empty.pop("essential_place_kind", None)  # they go together
            if empty:
                purchase.write(empty)

    def _essential_proposals(self):
        """Values read from the purchase itself."""
        start, end = self._essential_dates()
        return {
            "essential_number": contract_number(self.name),
            "essential_object": (self._essential_title() or "")[:MAX_OBJECT],
            "essential_duration": months_up(start, end) if start and end else 0,
            "insertion_notified_on": self._essential_confirmed_on(),
            "essential_ccag": self._essential_ccag(),
            **self._essential_place(),
        }

    def _essential_ccag(self):
        """That of its clauses, which name it in the tender documents."""
        names = self.clause_insertion_ids.ccag_id.mapped("name")
        return next((key for key, word in CCAG.items() if word in names), None)

    def _essential_title(self):
        raise NotImplementedError

    def _essential_confirmed_on(self):
        raise NotImplementedError

    def _essential_dates(self):
        """First and last day of the contract: those of its clauses, where they have some."""
        clauses = self.clause_insertion_ids.filtered(lambda clause: clause.state != "cancelled")
        starts, ends = clauses.filtered("date_start").mapped("date_start"), clauses.filtered("date_end")
        return min(starts, default=None), max(ends.mapped("date_end"), default=None)

    def _essential_place(self):
        """The clause's commune, else its department or region, else the postcode of the delivery."""
        clause = self.clause_insertion_ids.filtered(lambda clause: clause.state != "cancelled")[:1]
        territory = clause.territory_id
        while territory and territory.kind not in ("department", "region"):
            territory = territory.parent_id
        if clause.commune_id:
            place = "commune", clause.commune_id.code
        elif territory:
            place = territory.kind, territory.code
        else:
            place = "zip", self._essential_delivery().zip
        return dict(zip(("essential_place_kind", "essential_place_code"), place, strict=True)) if place[1] else {}

    def _essential_delivery(self):
        return self.env["res.partner"]

    def _essential_day(self, moment):
        return fields.Datetime.context_timestamp(self, moment).date() if moment else False
