from odoo import api, fields, models

from ..engine import essential_data as words
from ..engine.essential_data import MAX_NUMBER
from .clause_insertion_obligation_mixin import STAFF


class ClauseInsertionEssentialDataMixin(models.AbstractModel):
    """What open data (DECP) asks of a public contract and Odoo lacks; beside the obligation mixin, on purchases."""

    _name = "clause.insertion.essential.data.mixin"
    _inherit = [
        "clause.insertion.essential.choices.mixin",
        "clause.insertion.published.mixin",
    ]
    _description = "Essential data of a public contract"

    insertion_currency_id = fields.Many2one("res.currency", compute="_compute_insertion_currency_id")
    essential_number = fields.Char(
        "Contract number",
        size=MAX_NUMBER,
        copy=False,
        index="btree_not_null",
        help="1 to 16 characters, proper to the buyer; no space, comma, semicolon, &, <, quote or backslash.",
    )
    essential_object = fields.Text("Object of the contract", help="In one sentence, 1,000 characters at most.")
    essential_cpv = fields.Char("CPV code", help="Eight digits of the European vocabulary; the check digit may follow.")
    essential_innovative = fields.Boolean("Innovative contract", help="Innovative works, services or supplies.")
    essential_offers = fields.Integer(
        "Offers received",
        copy=False,
        groups=STAFF,
        help="All of them, irregular, unacceptable or abnormally low ones included.",
    )
    essential_cocontractor_ids = fields.Many2many(
        "res.partner", string="Co-contractors", copy=False, groups=STAFF, help="The other members of the grouping."
    )
    essential_subcontracting = fields.Boolean(
        "Subcontracting declared", copy=False, help="Declared by the holder when the contract was notified."
    )
    essential_advance = fields.Boolean("Advance granted", help="To the main holder.")
    essential_advance_rate = fields.Float(
        "Rate of the advance", digits=(5, 4), help="Share of the contract's amount. Zero: the rate is not known."
    )
    essential_maximum = fields.Monetary(
        "Estimated maximum excl. tax",
        currency_field="insertion_currency_id",
        copy=False,
        groups=STAFF,
        help="Fill it in where the lines do not say it (framework agreement): it is published instead of their total.",
    )
    essential_duration = fields.Integer(
        "Duration (months)", help="Optional phases and renewals included, rounded up to a whole month."
    )
    insertion_notified_on = fields.Date(
        "Notified on", copy=False, index="btree_not_null", help="The day it was confirmed, unless it is corrected here."
    )
    essential_origin = fields.Boolean(
        "Origin of the products to state", help="Food, vehicles, health products, clothing: list of the decree."
    )
    essential_origin_eu = fields.Float("Share from the European Union", digits=(5, 4))
    essential_origin_france = fields.Float("Share from France", digits=(5, 4))
    essential_concession_nature = fields.Selection(list(words.CONCESSION_NATURES.items()), "Nature of the concession")
    essential_concession_procedure = fields.Selection(
        list(words.CONCESSION_PROCEDURES.items()), "Award procedure of the concession"
    )
    essential_signed_on = fields.Date("Signed on", copy=False)
    essential_starts_on = fields.Date("Performance starts on", copy=False)
    essential_subsidy = fields.Monetary(
        "Public subsidy",
        currency_field="insertion_currency_id",
        groups=STAFF,
        help="Or any other financial advantage; 0 if none.",
    )
    essential_required = fields.Boolean(
        "Essential data to publish",
        compute="_compute_essential_required",
        store=True,
        index="btree_not_null",
        help="Confirmed contract whose need reaches the threshold of essential data.",
    )

    def _published_facts(self):
        facts = {name for name in self._fields if name.startswith("essential_")} | {"insertion_notified_on"}
        return facts - {"essential_modification_ids", "essential_required"}

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
