from ...engine.tender import Part, tender_values
from ...engine.tender_terms import Ccag, Sanction
from ..base.documents import contact, in_french

DOCUMENTS = {
    "rc": "Règlement de la consultation (RC)",
    "ccap": "Cahier des clauses administratives particulières (CCAP)",
    "ae_annex": "Annexe à l'acte d'engagement",
}


class TenderText:
    """What clauses of one contract say in its tender documents: the text to paste, in French whoever prints it."""

    def __init__(self, clauses):
        self.clauses = in_french(clauses)
        self.company = self.clauses.company_id
        self.env = self.clauses.env

    def documents(self):
        """``[(document, [(title of the article, its HTML)])]``"""
        values = {}  # many articles are about the same clauses
        documents = []
        for kind, name in DOCUMENTS.items():
            articles = []
            for text in self.env["clause.insertion.clause.text"]._for(self.company, kind):
                if clauses := text._suits(self.clauses):
                    values[clauses] = values.get(clauses) or TenderText(clauses).values()
                    articles.append((text.name, text._filled(values[clauses])))
            documents.append((name, articles))
        return documents

    def values(self):
        """The value of each of the engine's ``PLACEHOLDERS``."""
        publics = self.env["clause.insertion.public"].search([])
        return {
            **tender_values(list(map(self._part, self.clauses)), self._ccag(), self._sanctions()),
            "acheteur": self.company.name,
            "marche": self.clauses[0].contract_name,
            "publics": "\n".join(f"– {public.name}" for public in publics),
            "mois_eligibilite": self._parameter("eligibility_months"),
            "jour_declaration": self._parameter("declaration_due_day"),
        }

    def _parameter(self, code):
        day = self.clauses[0]._sizing_date()
        return str(int(self.env["clause.insertion.parameter"]._require(code, day, self.company)))

    def _part(self, clause):
        estimate = clause.hours_typed or clause.hours_computed
        return Part(
            lever=clause.lever,
            hours_mode=clause.hours_mode,
            hours=estimate if clause.hours_mode == "ordered" else clause.hours_due,
            rate=clause.insertion_rate,
            hours_per_euro=clause.hours_rate,
            floor=clause.order_floor,
            lot=clause.lot or "",
            trade=clause.trade_id.name or "",
            place=clause.commune_id.name or clause.territory_id.name or "",
            start=clause.date_start,
            end=clause.date_end,
            relay=contact(clause.facilitator_id),
        )

    def _ccag(self):
        """None where the contract refers to none."""
        ccag = self.clauses.ccag_id[:1]
        if not ccag:
            return None
        return Ccag(ccag.name, ccag.insertion_article or "", ccag.procedure_article or "", ccag.verified)

    def _sanctions(self):
        """Each rule once, with the lots that it is for where it is not for all."""
        return [self._sanction(rule) for rule in self.clauses.penalty_rule_ids.sorted(lambda r: (r.sequence, r.id))]

    def _sanction(self, rule):
        concerned = self.clauses.filtered(lambda clause: rule in clause.penalty_rule_ids)
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
            lots=tuple(clause.lot for clause in concerned if clause.lot) if concerned != self.clauses else (),
        )
