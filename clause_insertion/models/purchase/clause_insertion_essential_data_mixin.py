from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.essential_data import (
    CCAG,
    CONCESSION_NATURES,
    CONCESSION_PROCEDURES,
    MAX_NUMBER,
    MAX_OBJECT,
    contract_number,
    months_up,
)
from ...tools.base.days import region_day
from . import (  # noqa: F401  (a parent is known before its children)
    clause_insertion_obligation_mixin,
    clause_insertion_published_mixin,
)
from .clause_insertion_obligation_mixin import STAFF


class ClauseInsertionEssentialDataMixin(models.AbstractModel):
    """What open data (DECP) asks of a public contract and Odoo lacks; publication closes it."""

    _name = "clause.insertion.essential.data.mixin"
    _inherit = [
        "clause.insertion.obligation.mixin",
        "clause.insertion.published.mixin",
        "clause.insertion.essential.choices.mixin",
    ]
    _description = "Essential data of a public contract"

    essential_number = fields.Char(
        "Contract number",
        copy=False,
        index="btree_not_null",
        locked="_is_published",
        help="1 to 16 characters, proper to the buyer; no space, comma, semicolon, &, <, quote or backslash.",
    )
    essential_object = fields.Text(
        "Object of the contract", locked="_is_published", help="In one sentence, 1,000 characters at most."
    )
    essential_cpv = fields.Char(
        "CPV code",
        locked="_is_published",
        help="Eight digits of the European vocabulary; the check digit may follow.",
    )
    essential_innovative = fields.Boolean(
        "Innovative contract", locked="_is_published", help="Innovative works, services or supplies."
    )
    essential_offers = fields.Integer(
        "Offers received",
        copy=False,
        groups=STAFF,
        locked="_is_published",
        help="All of them, irregular, unacceptable or abnormally low ones included.",
    )
    essential_cocontractor_ids = fields.Many2many(
        "res.partner",
        string="Co-contractors",
        copy=False,
        groups=STAFF,
        locked="_is_published",
        help="The other members of the grouping.",
    )
    essential_subcontracting = fields.Boolean(
        "Subcontracting declared",
        copy=False,
        locked="_is_published",
        help="Declared by the holder when the contract was notified.",
    )
    essential_advance = fields.Boolean("Advance granted", locked="_is_published", help="To the main holder.")
    essential_advance_rate = fields.Float(
        "Rate of the advance",
        digits=(5, 4),
        locked="_is_published",
        help="Share of the contract's amount. Zero: the rate is not known.",
    )
    essential_maximum = fields.Monetary(
        "Estimated maximum excl. tax",
        currency_field="insertion_currency_id",
        copy=False,
        groups=STAFF,
        locked="_is_published",
        help="Fill it in where the lines do not say it (framework agreement): it is published instead of their total.",
    )
    essential_duration = fields.Integer(
        "Duration (months)",
        locked="_is_published",
        help="Optional phases and renewals included, rounded up to a whole month.",
    )
    insertion_notified_on = fields.Date(
        "Notified on",
        copy=False,
        index="btree_not_null",
        locked="_is_published",
        help="The day it was confirmed, unless it is corrected here.",
    )
    essential_origin = fields.Boolean(
        "Origin of the products to state",
        locked="_is_published",
        help="Food, vehicles, health products, clothing: list of the decree.",
    )
    essential_origin_eu = fields.Float("Share from the European Union", digits=(5, 4), locked="_is_published")
    essential_origin_france = fields.Float("Share from France", digits=(5, 4), locked="_is_published")
    essential_concession_nature = fields.Selection(
        list(CONCESSION_NATURES.items()), "Nature of the concession", locked="_is_published"
    )
    essential_concession_procedure = fields.Selection(
        list(CONCESSION_PROCEDURES.items()), "Award procedure of the concession", locked="_is_published"
    )
    essential_signed_on = fields.Date("Signed on", copy=False, locked="_is_published")
    essential_starts_on = fields.Date("Performance starts on", copy=False, locked="_is_published")
    essential_subsidy = fields.Monetary(
        "Public subsidy",
        currency_field="insertion_currency_id",
        groups=STAFF,
        locked="_is_published",
        help="Or any other financial advantage; 0 if none.",
    )
    essential_required = fields.Boolean(
        "Essential data to publish",
        compute="_compute_essential_required",
        store=True,
        index="btree_not_null",
        help="Confirmed contract whose need reaches the threshold of essential data.",
    )

    def _is_essential_contract(self):
        """Whether it is a contract of its own: an order placed under an agreement is part of the agreement."""
        raise NotImplementedError

    @api.depends(
        "state",
        "insertion_amount",
        "insertion_estimated_need",
        "insertion_category",
        "insertion_notified_on",
        "company_id",
    )
    def _compute_essential_required(self):
        """The need, all lots together, is what the threshold is compared with (article R2196-1)."""
        Parameter = self.env["clause.insertion.parameter"]
        for purchase in self:
            kind = "_concession" if purchase.insertion_category == "concession" else ""
            day = purchase.insertion_notified_on
            threshold = Parameter._get(f"essential_data_threshold{kind}", day, purchase.company_id)
            need = max(purchase.insertion_amount, purchase.insertion_estimated_need)
            purchase.essential_required = (
                purchase._insertion_step() == "run"
                and purchase._is_essential_contract()
                and threshold is not None
                and need >= threshold
            )

    # -- what is proposed ----------------------------------------------------------------------------
    # What is known already is proposed once: the company's usual choices, and the purchase's own facts.

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        choices = self._essential_choices(self.env.company.sudo())  # what is usual is no secret
        return {name: value for name, value in choices.items() if name in fields_list and value} | values

    @api.model
    def _essential_choices(self, company):
        """The company's usual choices, as values to write."""
        names = self.env["clause.insertion.essential.choices.mixin"]._fields
        usual = {name: company[name] for name in names if name.startswith("essential_")}
        return usual | {"essential_word_ids": [(6, 0, company.essential_word_ids.ids)]}

    @api.constrains("essential_number")
    def _check_essential_number(self):
        """Refused, never cut: another number would be published than the one that was typed."""
        for purchase in self:
            if len(purchase.essential_number or "") > MAX_NUMBER:
                raise ValidationError(
                    self.env._(
                        "The contract number %(number)s has %(length)s characters: %(most)s at most.",
                        number=purchase.essential_number,
                        length=len(purchase.essential_number),
                        most=MAX_NUMBER,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.filtered(lambda purchase: not purchase.insertion_notified_on)._propose_essential_data()
        return result

    def action_propose_essential_data(self):
        self.check_access("write")
        self._propose_essential_data()

    def _propose_essential_data(self):
        """Fill in what is empty and can be known, where there is something to publish.

        sudo: whoever may write on the purchase may not read the clauses that know some of it.
        """
        for purchase in self.sudo().filtered(lambda p: p.essential_required and not p.essential_published_on):
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
        return next((key for key, name in CCAG.items() if name in names), None)

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
        return region_day(self, moment) if moment else False
