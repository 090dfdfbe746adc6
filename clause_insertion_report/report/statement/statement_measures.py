"""What a statement counts, of the whole and of any part of it: names, definitions, and how each is read."""

from dataclasses import replace
from operator import attrgetter

from odoo.addons.clause_insertion.engine.hours_by_trait import ROUNDED_TO

from ...engine.table import Measure, Withheld

TELL_AS_MUCH = {"full_time_equivalents": "hours_validated"}


def measures(env, fte_base, written_base):
    """``{name: measure}`` in the order in which they are read; each reads :class:`~..engine.figures.Figures`.

    ``written_base`` is ``fte_base``, the hours of a full-time equivalent, as the user's language writes it.
    """
    named = {**_hours(env, fte_base, written_base), **_counts(env), **_means(env)}
    return {name: replace(measure, of=TELL_AS_MUCH.get(name, name)) for name, measure in named.items()}


def withheld(env, smallest, is_small=True):
    """What stands for a number of people that is not shown: it is too small, or would give one that is."""
    return Withheld(env._("< %(number)s", number=smallest) if is_small else env._("withheld"))


def note_of_hours(env, scope, many):
    """Why hours by what is known of people are seldom told: see ``hours_by_trait``."""
    if scope not in ("company", "companies"):
        return env._(
            "Hours by what is known of the people are told of the whole Region alone: those of a part of it would "
            "tell who they are."
        )
    return env._(
        "Hours by what is known of the people come out once, as validated by the end of February after the year, "
        "rounded to %(rounding)s h, where at least %(number)s people are in the row and as many are not. "
        "Otherwise they would tell who they are.",
        rounding=ROUNDED_TO,
        number=many,
    )


def _hours(env, fte_base, written_base):
    return {
        "hours_due": Measure(
            env._("Hours due"),
            "hours",
            attrgetter("hours_due"),
            env._("Hours owed under the clauses that started in the year, at their present size."),
        ),
        "hours_declared": Measure(
            env._("Hours declared"),
            "hours",
            attrgetter("hours_declared"),
            env._("Hours worked in the year and declared to the relay by that day, less those taken back."),
        ),
        "hours_validated": Measure(
            env._("Hours validated"),
            "hours",
            attrgetter("hours_validated"),
            env._("Hours worked in the year and validated by that day, less those taken back. No other hour counts."),
        ),
        "full_time_equivalents": Measure(
            env._("Full-time equivalents"),
            "ratio",
            lambda figures: figures.full_time_equivalents(fte_base),
            env._("Hours validated, divided by %(base)s hours.", base=written_base),
        ),
    }


def _counts(env):
    """Different things under which hours were validated: each counts once."""
    contracts = env._("Different purchase contracts (orders and framework agreements) with validated hours.")
    companies = env._("Different contractors of the contracts with validated hours.")
    employments = env._("Different work contracts with validated hours.")
    return {
        "contracts": Measure(env._("Contracts with a clause"), "number", attrgetter("contracts"), contracts),
        "clauses": Measure(
            env._("Clauses"), "number", attrgetter("clauses"), env._("Different clauses with validated hours.")
        ),
        "companies": Measure(env._("Companies"), "number", attrgetter("companies"), companies),
        "relays": Measure(
            env._("Relays"), "number", attrgetter("relays"), env._("Different relays that validated the hours.")
        ),
        "people": Measure(
            env._("People"), "number", attrgetter("people"), env._("Different people with validated hours."), True
        ),
        "employments": Measure(env._("Work contracts"), "number", attrgetter("employments"), employments, True),
    }


def _means(env):
    return {
        "hours_per_person": Measure(
            env._("Hours per person"),
            "ratio",
            attrgetter("hours_per_person"),
            env._("Hours validated over people."),
            True,
        ),
        "hours_per_contract": Measure(
            env._("Hours per contract"),
            "ratio",
            attrgetter("hours_per_contract"),
            env._("Hours validated over contracts with a clause."),
        ),
    }
