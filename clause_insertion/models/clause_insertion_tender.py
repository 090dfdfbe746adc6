from odoo import api, fields, models

from ..engine.tender import Part, tender_words
from ..engine.tender_terms import Sanction

# The CCAG that a category of purchase usually refers to.
USUAL_CCAG = {
    "works": "clause_insertion.ccag_works",
    "supplies_services": "clause_insertion.ccag_supplies_services",
    "social_services": "clause_insertion.ccag_supplies_services",
}
DOCUMENTS = {
    "rc": "Règlement de la consultation (RC)",
    "ccap": "Cahier des clauses administratives particulières (CCAP)",
    "ae_annex": "Annexe à l'acte d'engagement",
}


def in_french(records):
    """The same records, whose translated words are French as soon as French is installed."""
    installed = records.env["res.lang"]._get_data(code="fr_FR")
    return records.with_context(lang="fr_FR") if installed else records


def contact(partner):
    """The name, address, telephone and e-mail of a partner: those that are known."""
    place = f"{partner.zip or ''} {partner.city or ''}".strip()
    return tuple(filter(None, (partner.name, partner.street, place, partner.phone, partner.email)))


class ClauseInsertion(models.Model):
    """What the clause says in the tender documents, in French whoever prints it."""

    _inherit = "clause.insertion"

    ccag_id = fields.Many2one(
        "clause.insertion.ccag",
        "CCAG",
        compute="_compute_ccag_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        help="General conditions to which the contract refers; none if empty. Proposed by the category of purchase.",
    )

    @api.depends("purchase_order_id.insertion_category", "requisition_id.insertion_category")
    def _compute_ccag_id(self):
        for clause in self:
            if clause._is_open_to_sizing():
                usual = USUAL_CCAG.get(clause._contract().insertion_category)
                clause.ccag_id = usual and self.env.ref(usual, raise_if_not_found=False)
            else:
                clause.ccag_id = clause.ccag_id

    def _in_preparation(self):
        return self.filtered(lambda clause: clause._is_open_to_sizing())

    def _tender_documents(self):
        """The text to paste, for one contract.

        :return: a list of ``(document, [(title of the article, its HTML)])``
        """
        Text = self.env["clause.insertion.clause.text"]
        words = {}  # many articles are about the same clauses
        documents = []
        for kind, name in DOCUMENTS.items():
            articles = []
            for text in Text._for(self.company_id, kind):
                if clauses := text._suits(self):
                    words[clauses] = words.get(clauses) or clauses._tender_words()
                    articles.append((text.name, text._filled(words[clauses])))
            documents.append((name, articles))
        return documents

    def _tender_words(self):
        """The value of each of the engine's ``WORDS``, for clauses of one contract."""
        parts = [clause._tender_part() for clause in in_french(self)]
        Parameter, day = self.env["clause.insertion.parameter"], self[0]._sizing_date()
        publics = in_french(self.env["clause.insertion.public"]).search([])
        return {
            **tender_words(parts, self.ccag_id[:1]._as_words(), self._tender_sanctions()),
            "acheteur": self.company_id.name,
            "marche": self[0].contract_name,
            "publics": "\n".join(f"– {public.name}" for public in publics),
            "mois_eligibilite": str(int(Parameter._require("eligibility_months", day, self.company_id))),
            "jour_declaration": str(int(Parameter._require("declaration_due_day", day, self.company_id))),
        }

    def _tender_part(self):
        return Part(
            lever=self.lever,
            hours_mode=self.hours_mode,
            hours=self.hours_due if self.hours_mode != "ordered" else self.hours_typed or self.hours_computed,
            rate=self.insertion_rate,
            hours_per_euro=self.hours_rate,
            floor=self.order_floor,
            lot=self.lot or "",
            trade=self.trade_id.name or "",
            place=self.commune_id.name or self.territory_id.name or "",
            start=self.date_start,
            end=self.date_end,
            relay=contact(self.facilitator_id),
        )

    def _tender_sanctions(self):
        """Each rule once, with the lots that it is for where it is not for all."""
        rules = in_french(self.penalty_rule_ids).sorted(lambda rule: (rule.sequence, rule.id))
        return [self._tender_sanction(rule) for rule in rules]

    def _tender_sanction(self, rule):
        concerned = self.filtered(lambda clause: rule in clause.penalty_rule_ids)
        return Sanction(
            failure=rule.failure,
            shape=rule.shape,
            name=rule.name,
            amount=rule.amount,
            coefficient=rule.coefficient,
            index=rule.index or "",
            working_days=rule.day_basis == "working",
            cap=rule.cap_share,
            floor=rule.floor,
            is_heard=bool(rule.reply_days),
            is_checked=rule.verified,
            lots=tuple(clause.lot for clause in concerned if clause.lot) if concerned != self else (),
        )
