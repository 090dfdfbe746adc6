"""The words of a statement's dimensions, and of those of their values that are no records."""

from datetime import date

from odoo.tools import format_date, formatLang

from ..engine.dimensions import CONTRACT_SIZES, SMALLEST_CONTRACTS


def dimension_titles(env):
    return {
        "owner": env._("Owner"),
        "month": env._("Month of work"),
        "territory": env._("Territory"),
        "relay": env._("Relay"),
        "convention": env._("Convention"),
        "buyer_department": env._("Buyer's department"),
        "lever": env._("Lever"),
        "contract_size": env._("Amount of the contract"),
        "trade": env._("Trade"),
        "job_family": env._("Job family"),
        "execution_mode": env._("Way of hiring"),
        "kind": env._("Kind of hours"),
        "public": env._("Eligible public"),
        "gender": env._("Gender"),
        "age_band": env._("Age"),
        "education_level": env._("Level of education"),
        "prescriber_kind": env._("Kind of prescriber"),
        "exit_kind": env._("Exit"),
    }


def choices(env, code, keys):
    """``(key, label)`` in the usual order."""
    if code == "month":
        months = sorted(filter(None, keys))
        return [(key, format_date(env, date.fromisoformat(key), date_format="MMMM y")) for key in months]
    if code == "contract_size":
        return contract_sizes(env)
    return env["clause.insertion.hours.report"]._fields[code]._description_selection(env)


def contract_sizes(env):
    """The bands of amounts, from the smallest: each goes up to the next, not included."""
    bounds = [(least, key) for least, key in reversed(CONTRACT_SIZES)]
    amounts = [formatLang(env, least, digits=0) for least, _key in bounds]
    return [
        (SMALLEST_CONTRACTS, env._("Under %(amount)s €", amount=amounts[0])),
        *(
            (key, env._("%(least)s € to under %(most)s €", least=least, most=most))
            for (_least, key), least, most in zip(bounds, amounts, amounts[1:], strict=False)
        ),
        (bounds[-1][1], env._("%(amount)s € and over", amount=amounts[-1])),
    ]
