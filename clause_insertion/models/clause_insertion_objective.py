from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.progress import progress, ratio
from .clause_insertion_contract_kind import CONTRACT_KINDS

ABOUT_PEOPLE = ("hours", "people")


class ClauseInsertionObjective(models.Model):
    """What the Region aims at in a year, for a kind of contract or for a public, and how far it has come."""

    _name = "clause.insertion.objective"
    _description = "Yearly objective of the Region"
    _order = "year desc, sequence, id"

    sequence = fields.Integer(default=10)
    year = fields.Integer(required=True, aggregator=None, default=lambda self: fields.Date.context_today(self).year)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    measure = fields.Selection(
        [
            ("lots", "Lots with a clause"),
            ("hours_due", "Hours planned"),
            ("hours", "Hours validated"),
            ("people", "People with validated hours"),
        ],
        required=True,
        default="hours",
        help="Lots and hours planned are those of the clauses that start in the year; hours, those worked in it.",
    )
    contract_kind = fields.Selection(CONTRACT_KINDS, "Kind of contract", help="Empty for all.")
    audience = fields.Selection(
        [("women", "Women"), ("apprentices", "Apprentices"), ("public", "Some publics")],
        "Public",
        help="Empty for everybody.",
    )
    public_ids = fields.Many2many("clause.insertion.public", string="Which publics", help="Of any of these.")
    target = fields.Float(
        "Objective", digits=(16, 0), aggregator=None, help="0 to follow a figure without an objective."
    )
    achieved = fields.Float(compute="_compute_achieved", digits=(16, 0))
    progress = fields.Float(compute="_compute_achieved")
    is_withheld = fields.Boolean(
        "Withheld",
        compute="_compute_achieved",
        help="So few people, or so few new ones, that the figure would tell who they are. Figures by public come out "
        "at the end of a month.",
    )
    out_of = fields.Float(
        "Out of",
        digits=(16, 0),
        aggregator=None,
        help="The whole that the figure is a share of: all the lots bought in the year…",
    )
    share = fields.Float(compute="_compute_achieved")
    note = fields.Char()

    _numbers_positive = models.Constraint("CHECK (target >= 0 AND out_of >= 0)", "An objective cannot be negative.")
    _year_range = models.Constraint("CHECK (year BETWEEN 2000 AND 2100)", "A year is written in four digits.")

    @api.depends("year", "measure", "contract_kind", "audience")
    def _compute_display_name(self):
        for objective in self:
            words = (
                dict(objective._fields[name]._description_selection(self.env)).get(objective[name])
                for name in ("measure", "contract_kind", "audience")
            )
            objective.display_name = " – ".join([str(objective.year), *filter(None, words)])

    @api.constrains("measure", "audience", "public_ids")
    def _check_audience(self):
        for objective in self:
            if objective.audience and objective.measure not in ABOUT_PEOPLE:
                raise ValidationError(self.env._("Only hours validated and people are known by public."))
            if (objective.audience == "public") != bool(objective.public_ids):
                raise ValidationError(self.env._("Choose which publics, or another public."))
            if len(objective.public_ids) > 1:
                raise ValidationError(
                    self.env._("One public for an objective: two that share one would tell who is in the other.")
                )

    @api.depends("year", "measure", "contract_kind", "audience", "public_ids", "target", "out_of")
    def _compute_achieved(self):
        """sudo: totals alone, the same for every reader; the publics of a person are her relay's."""
        figures = self.sudo()._figures()
        for objective in self:
            objective.achieved, objective.is_withheld = figures[objective.id]
            objective.progress = progress(objective.achieved, objective.target)
            objective.share = ratio(objective.achieved, objective.out_of)
