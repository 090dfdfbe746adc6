from odoo import api, fields, models

from odoo.addons.clause_insertion.engine import essential_data
from odoo.addons.clause_insertion.tools.base.days import region_today

from ...engine import decp
from ...engine.decp import Contract
from ...report.open_data.problem_text import ProblemText

PURCHASE_FIELDS = (
    "company_id",
    "insertion_amount",
    "insertion_category",
    "insertion_notified_on",
    "social_consideration",
)
LISTS = ("technique", "execution", "price", "environment")  # kinds of words of which a contract has several


class ClauseInsertionEssentialDataMixin(models.AbstractModel):
    """A purchase, as open data tells it: read here, told by the engine."""

    _inherit = "clause.insertion.essential.data.mixin"

    # Whoever reads the purchase is told, whatever it may read of what its data come from.
    essential_problems = fields.Text("What open data lacks", compute="_compute_essential_problems", compute_sudo=True)
    essential_difference = fields.Char(
        "Changed since it was published", compute="_compute_essential_difference", compute_sudo=True
    )

    @api.depends_context("lang", "uid")
    def _compute_essential_problems(self):
        today = region_today(self)
        twice = self._decp_numbers_used_twice()
        for purchase in self:
            required = purchase.essential_required
            found = purchase._decp_problems(purchase._decp_contract(), today, twice) if required else []
            purchase.essential_problems = ProblemText(purchase).text(found)

    @api.depends_context("lang", "uid")
    def _compute_essential_difference(self):
        """What was published stays: what the purchase has become since is told."""
        self.essential_difference = False
        for purchase in self.filtered("essential_published_data"):
            contract, day = purchase._decp_contract(), purchase.essential_published_on
            changed = decp.differences(purchase._decp_object(contract, day), decp.build(contract, day))
            labels = ProblemText(purchase).labels()
            purchase.essential_difference = ", ".join(labels[name] for name in changed)

    # -- the object --------------------------------------------------------------------------------

    def _decp_object(self, contract, published_on):
        """The object of the file: what was published stays, modifications are added."""
        made = dict(self.essential_published_data or decp.build(contract, published_on))
        modifications = [change._decp_object(published_on) for change in self._decp_modifications()]
        return made | {"modifications": modifications} if modifications else made

    def _decp_modifications(self):
        return self.essential_modification_ids.sorted("number")

    def _decp_problems(self, contract, published_on, numbers_used_twice=()):
        """The engine's problems; of what was published, nothing more is said."""
        found = []
        if not self.essential_published_on:
            found = decp.problems(contract, published_on)
            if self.essential_number and (self.company_id.id, self.essential_number) in numbers_used_twice:
                found.append(decp.Problem("number", "twice", self.essential_number))
        modifications = [change._decp_modification() for change in self._decp_modifications()]
        contracted_on = contract.signed_on if contract.is_concession else contract.notified_on
        return found + decp.modification_problems(modifications, contracted_on, published_on)

    @api.model
    def _decp_numbers_used_twice(self):
        """``{(company id, contract number)}`` that several contracts of ``self`` or others share; two queries."""
        numbers = list(set(self.mapped("essential_number")) - {False})
        seen, twice = set(), set()
        for model in ("purchase.order", "purchase.requisition"):
            domain = [("essential_number", "in", numbers), ("essential_required", "=", True)]
            for company, number, count in self.env[model]._read_group(
                domain, ["company_id", "essential_number"], ["__count"]
            ):
                key = (company.id, number)
                twice |= {key} if count > 1 or key in seen else set()
                seen.add(key)
        return twice

    @api.model
    def _decp_fields(self):
        """What is read of a purchase, and nothing else."""
        own = [name for name, field in self._fields.items() if name.startswith("essential_") and field.store]
        return [*own, *PURCHASE_FIELDS, *self._decp_vendor_fields()]

    # -- its facts ---------------------------------------------------------------------------------

    def _decp_contract(self):
        is_concession = self.insertion_category == "concession"
        choices = self.essential_word_ids.grouped("kind")
        listed = {kind: tuple(choices[kind].mapped("name")) if kind in choices else () for kind in LISTS}
        partners = (*self._decp_vendor(), *self.essential_cocontractor_ids)  # a union would read them one by one
        natures = essential_data.CONCESSION_NATURES if is_concession else essential_data.NATURES
        procedures = essential_data.CONCESSION_PROCEDURES if is_concession else essential_data.PROCEDURES
        return Contract(
            number=self.essential_number or "",
            buyer=essential_data.siret.compact(self.company_id.company_registry or ""),
            title=(self.essential_object or "").strip(),
            months=self.essential_duration,
            amount=self._decp_euros(self.essential_maximum or self.insertion_amount, self.insertion_notified_on),
            holders=tuple(self._decp_holder(partner) for partner in partners),
            social=self._decp_social(),
            environment=listed["environment"],
            nature=natures.get(self.essential_concession_nature if is_concession else self.essential_nature),
            procedure=procedures.get(
                self.essential_concession_procedure if is_concession else self.essential_procedure
            ),
            cpv=(self.essential_cpv or "").strip(),
            techniques=listed["technique"],
            executions=listed["execution"],
            innovative=self.essential_innovative,
            ccag=essential_data.CCAG.get(self.essential_ccag),
            offers=self.essential_offers,
            advance=self.essential_advance,
            advance_rate=round(self.essential_advance_rate, 4),
            grouping=essential_data.GROUPINGS.get(self.essential_grouping),
            subcontracting=self.essential_subcontracting,
            place_kind=essential_data.PLACE_KINDS.get(self.essential_place_kind),
            place_code=(self.essential_place_code or "").strip(),
            price_types=listed["price"],
            price_form=essential_data.PRICE_FORMS.get(self.essential_price_form),
            origins=self._decp_origins(),
            notified_on=self.insertion_notified_on or None,
            is_concession=is_concession,
            signed_on=self.essential_signed_on or None,
            starts_on=self.essential_starts_on or None,
            subsidy=self._decp_euros(self.essential_subsidy, self.essential_signed_on),
            **self._decp_framework(),
        )

    def _decp_vendor(self):
        raise NotImplementedError

    def _decp_vendor_fields(self):
        raise NotImplementedError

    def _decp_framework(self):
        """For a subsequent contract, the agreement that it comes from."""
        return {}

    def _decp_social(self):
        """The words that the clauses gave: its own, and those of the agreement that answers for it."""
        found = {
            word
            for purchase in (self, *self._insertion_frame())
            for word in (purchase.social_consideration or "").split(", ")
            if word
        }
        return tuple(sorted(found - decp.ALONE or found))

    def _decp_origins(self):
        shares = round(self.essential_origin_eu, 4), round(self.essential_origin_france, 4)
        return shares if self.essential_origin else None

    def _decp_holder(self, partner):
        return essential_data.identifier(partner.country_id.code, partner.company_registry, partner.vat)

    def _decp_euros(self, amount, day):
        """An amount of the company's currency, in euros of that day."""
        currency = self.company_id.currency_id
        if currency.name == "EUR" or not amount:
            return amount
        euro = currency.browse(self.env["ir.model.data"]._xmlid_to_res_id("base.EUR"))  # asked once, unlike ref()
        return currency._convert(amount, euro, self.company_id, day or region_today(self))
