class ProblemText:
    """What the engine finds wrong in a purchase's open data, in the words of its page."""

    def __init__(self, purchase):
        self.purchase = purchase
        self.env = purchase.env

    def text(self, problems):
        """One line for all that is missing, then one for each rule that is broken; False when nothing is."""
        labels = self.labels()
        missing = [labels[problem.field] for problem in problems if problem.rule == "missing"]
        lines = [self.env._("Missing: %(fields)s.", fields=", ".join(missing))] if missing else []
        for problem in problems:
            if problem.rule != "missing":
                sentence = self._rules(problem.detail)[problem.rule]
                lines.append(self.env._("%(field)s: %(sentence)s", field=labels[problem.field], sentence=sentence))
        return "\n".join(dict.fromkeys(lines)) or False

    def labels(self):
        """How the page calls each fact of the engine."""
        is_concession = self.purchase.insertion_category == "concession"
        of_field = {
            "number": "essential_number",
            "title": "essential_object",
            "nature": "essential_concession_nature" if is_concession else "essential_nature",
            "procedure": "essential_concession_procedure" if is_concession else "essential_procedure",
            "months": "essential_duration",
            "signed_on": "essential_signed_on",
            "starts_on": "essential_starts_on",
            "subsidy": "essential_subsidy",
            "cpv": "essential_cpv",
            "ccag": "essential_ccag",
            "offers": "essential_offers",
            "grouping": "essential_grouping",
            "price_form": "essential_price_form",
            "place_kind": "essential_place_kind",
            "place_code": "essential_place_code",
            "notified_on": "insertion_notified_on",
            "advance_rate": "essential_advance_rate",
            "origins": "essential_origin",
            "modifications": "essential_modification_ids",
            "social": "social_consideration",
        }
        return {
            name: self.purchase._fields[field]._description_string(self.env) for name, field in of_field.items()
        } | {
            "buyer": self.env._("SIRET of the company"),
            "amount": self.env._("Amount excl. tax"),
            "holders": self.env._("Holder"),
            "environment": self.env._("Environmental considerations"),
            "techniques": self.env._("Purchasing techniques"),
            "executions": self.env._("Ways of performing"),
            "price_types": self.env._("Types of price"),
            "framework": self.env._("Contract number of the framework agreement"),
        }

    def _rules(self, detail):
        return {
            "too_long": self.env._("%(detail)s characters at most.", detail=detail),
            "too_small": self.env._("a whole number or amount of at least 1 is expected (0 for a subsidy)."),
            "siret": self.env._("“%(detail)s” is no SIRET: fourteen digits whose check digits hold.", detail=detail),
            "vat": self.env._("“%(detail)s” is no European VAT number.", detail=detail),
            "unidentified": self.env._("a company has neither SIRET nor VAT number: complete its contact."),
            "twice": self.env._("the same one is given twice %(detail)s", detail=detail),
            "alone": self.env._("“%(detail)s” never stands beside another choice.", detail=detail),
            "cpv": self.env._("“%(detail)s” is no CPV code: eight digits, such as 45210000-2.", detail=detail),
            "several_holders": self.env._("there are several holders, so there is a grouping."),
            "share": self.env._("a share from 0 to 100 % is expected."),
            "origins": self.env._("shares from 0 to 100 %, that of France within that of the European Union."),
            "place": self.env._("“%(detail)s” is no code of this kind.", detail=detail),
            "after_publication": self.env._("the day is missing, or after the publication. %(detail)s", detail=detail),
            "before_signature": self.env._("performance cannot start before the signature."),
            "order": self.env._(
                "n° %(detail)s is not in the order of notification, or before the contract.", detail=detail
            ),
        }
