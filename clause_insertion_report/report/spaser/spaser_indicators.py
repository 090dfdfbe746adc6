from datetime import date

from ...engine.spaser import EMPLOYERS, is_from_employer, is_from_esus, is_social
from ...engine.table import Line, Measure, Table


class SpaserIndicators:
    """The indicators that a SPASER publishes, year by year; and what the words of the follow-up mean."""

    def __init__(self, tables):
        self.tables = tables
        self.env = tables.env
        self.spaser = tables.spaser

    @property
    def table(self):
        return Table(
            title=self.env._("Indicators"),
            headers=(
                self.env._("Figure"),
                *map(self.tables.years, self.tables.periods),
                self.env._("What it is"),
            ),
            lines=tuple(
                Line(indicator.label, tuple(map(indicator.cell, self.tables.periods)), indicator.definition)
                for indicator in self._indicators()
            ),
            notes=(
                self.env._(
                    "A contract counts once, whatever the number of its clauses and of the orders placed under it."
                ),
            ),
        )

    def _indicators(self):
        """Each reads a period: a year, or all of them if None."""
        yield from self._number_and_value(
            self.env._("Contracts notified"),
            lambda row: True,
            self.env._("Orders and framework agreements confirmed in the year, less those cancelled since."),
        )
        yield from self._number_and_value(
            self.env._("Contracts with a social provision"),
            is_social,
            self.env._("One clause at least: execution clause, award criterion, reservation, insertion services…"),
        )
        yield from self._target()
        yield self._share_of_value(
            self.env._("Share of value with a social provision"),
            is_social,
            self.env._("Value of the contracts with a social provision over the value of all contracts."),
        )
        yield self._share_of_value(
            self.env._("Share of value from ESUS-approved companies"),
            is_from_esus,
            self.env._("“Entreprises solidaires d'utilité sociale” (article L3332-17-1 of the labour code)."),
        )
        yield self._share_of_value(
            self.env._("Share of value from inclusion and adapted employers"),
            is_from_employer,
            self.env._("Companies that employ disadvantaged people: SIAE, GEIQ, EA, EATT, ESAT, work in prison."),
        )

    def _number_and_value(self, label, wanted, definition):
        yield Measure(label, "number", lambda period: self.spaser.figure(period, wanted).number, definition)
        value = self.env._("%(figure)s: value (%(currency)s)", figure=label, currency=self.tables.currency)
        in_money = self.env._("The value of these contracts, excluding tax.")
        yield Measure(value, "number", lambda period: self.spaser.figure(period, wanted).amount, in_money)

    def _share_of_value(self, label, wanted, definition):
        return Measure(label, "percent", lambda period: self.spaser.share_of_value(period, wanted), definition)

    def _target(self):
        yield Measure(
            self.env._("Share of contracts with a social provision"),
            "percent",
            self.spaser.social_share,
            self.env._("Contracts with a social provision over contracts notified."),
        )
        yield Measure(self.env._("Target"), "percent", self.spaser.target, self._target_source())
        yield Measure(
            self.env._("Distance to the target (points)"),
            "ratio",
            self._points,
            self.env._("Share of contracts less target: below zero, the target is missed."),
        )

    def _points(self, period):
        gap = self.spaser.gap(period)
        return None if gap is None else gap * 100

    def _target_source(self):
        last_day = date(self.spaser.years[-1], 12, 31)
        company = self.tables.wizard.company_id
        return self.env["clause.insertion.parameter"]._source("social_share_target", last_day, company)

    # -- what the words mean -----------------------------------------------------------------------

    @property
    def sources(self):
        return Table(
            title=self.env._("Sources and definitions"),
            headers=(self.env._("Subject"), self.env._("What it is")),
            lines=tuple(Line(label, text=text) for label, text in self._definitions()),
        )

    def _definitions(self):
        yield self.env._("Buyer"), self.tables.wizard.company_id.name
        yield self.env._("As of"), self.tables.day
        yield (
            self.env._("Source"),
            self.env._("Purchase orders, framework agreements, social clauses and vendors recorded in Odoo."),
        )
        yield (
            self.env._("Contract"),
            self.env._(
                "A framework agreement, or a purchase order that stands alone. An order placed under an agreement "
                "belongs to the agreement: it is counted neither in number nor in value."
            ),
        )
        yield (
            self.env._("Value"),
            self.env._(
                "Excluding tax, in the buyer's currency: the amount of the order, amendments included, or the amount "
                "agreed in the framework agreement, whatever was ordered under it."
            ),
        )
        yield (
            self.env._("Year"),
            self.env._("That of the notification: the day the order or agreement was confirmed."),
        )
        for kind, label in self.tables.choices("employer_kind"):
            yield label, ", ".join(EMPLOYERS[kind])
        for indicator in self._indicators():
            yield indicator.label, indicator.definition
