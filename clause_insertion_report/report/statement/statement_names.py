from datetime import date

from odoo.tools import format_date, formatLang

from ...engine.figures import CONTRACT_SIZES, OTHER, SMALLEST_CONTRACTS

# Dimensions whose values are records; those of the others are the choices of a field, months or bands of amounts.
MODELS = {
    "owner": "res.company",
    "territory": "clause.insertion.territory",
    "relay": "res.partner",
    "convention": "clause.insertion.convention",
    "buyer_department": "hr.department",
    "trade": "clause.insertion.trade",
    "public": "clause.insertion.public",
}
# Choices that are not those of a field of the analysis of hours.
CHOICES = {"prescriber_kind": ("res.partner", "insertion_prescriber_kind")}


class StatementNames:
    """How a statement's dimensions and their values are called, in the language of ``env``.

    ``kept``: ``{dimension: {key: name}}`` of records as they were when published; those of today where there is none.
    """

    def __init__(self, env, statement, kept=None):
        self.env = env
        self.statement = statement
        self.kept = kept or {}

    def titles(self):
        return {
            "owner": self.env._("Owner"),
            "month": self.env._("Month of work"),
            "territory": self.env._("Territory"),
            "relay": self.env._("Relay"),
            "convention": self.env._("Convention"),
            "buyer_department": self.env._("Buyer's department"),
            "lever": self.env._("Lever"),
            "contract_size": self.env._("Amount of the contract"),
            "trade": self.env._("Trade"),
            "job_family": self.env._("Job family"),
            "execution_mode": self.env._("Way of hiring"),
            "kind": self.env._("Kind of hours"),
            "public": self.env._("Eligible public"),
            "gender": self.env._("Gender"),
            "age_band": self.env._("Age"),
            "education_level": self.env._("Level of education"),
            "prescriber_kind": self.env._("Kind of prescriber"),
            "exit_kind": self.env._("Exit"),
        }

    def labels(self, code):
        """``(key, label)`` of a dimension's values, in its usual order; what is not known comes last."""
        unknown = self.env._("Without a relay") if code == "relay" else self.env._("Not stated")
        return [*self._known(code), (None, unknown)]

    def to_keep(self):
        """What ``kept`` is to be, once these figures are published."""
        return {code: self._of_records(code) for code in MODELS}

    def _known(self, code):
        if code in MODELS:
            return list(self.kept[code].items()) if code in self.kept else self._of_records(code)
        if code == "month":
            months = sorted(filter(None, self._keys(code)))
            return [(key, format_date(self.env, date.fromisoformat(key), date_format="MMMM y")) for key in months]
        if code == "contract_size":
            return self._contract_sizes()
        model, field = CHOICES.get(code, ("clause.insertion.hours.report", code))
        return self.env[model]._fields[field]._description_selection(self.env)

    def _keys(self, code):
        return [row.key for row in self.statement.breakdowns[code]]

    def _of_records(self, code):
        keys = self._keys(code)
        ids = [int(key) for key in keys if key and key != OTHER]
        # sudo: who reads the statement reads the names of its rows, archived or another company's partner included
        model = self.env[MODELS[code]].sudo().with_context(active_test=False)
        records = model.search_fetch([("id", "in", ids)], ["display_name"])
        names = [(str(record.id), record.display_name) for record in records]
        return [*names, (OTHER, self.env._("Other eligible publics"))] if OTHER in keys else names

    def _contract_sizes(self):
        """The bands of amounts, from the smallest: each goes up to the next, not included."""
        bounds = [(least, key) for least, key in reversed(CONTRACT_SIZES)]
        amounts = [formatLang(self.env, least, digits=0) for least, _key in bounds]
        return [
            (SMALLEST_CONTRACTS, self.env._("Under %(amount)s €", amount=amounts[0])),
            *(
                (key, self.env._("%(least)s € to under %(most)s €", least=least, most=most))
                for (_least, key), least, most in zip(bounds, amounts, amounts[1:], strict=False)
            ),
            (bounds[-1][1], self.env._("%(amount)s € and over", amount=amounts[-1])),
        ]
