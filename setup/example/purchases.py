"""The purchase orders of the past and their clauses, sized so that the hours worked answer to the hours due."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import Command

from .plan import SEED
from .region import PLACES

INSERTION_RATE, HOURLY_COST = 0.05, 30


class Work(NamedTuple):
    """What the Region buys of a trade, by which lever, and how often."""

    title: str
    lever: str
    category: str
    weight: int


WORKS = {
    "building": Work("Rénovation tous corps d'état", "execution", "works", 6),
    "masonry": Work("Gros œuvre", "execution", "works", 5),
    "painting": Work("Peinture et sols souples", "execution", "works", 5),
    "metal_frame": Work("Charpente métallique", "execution", "works", 2),
    "electricity": Work("Courants forts et faibles", "execution", "works", 4),
    "plumbing": Work("Chauffage et ventilation", "execution", "works", 4),
    "joinery": Work("Menuiseries extérieures", "execution", "works", 4),
    "roads": Work("Voirie et réseaux divers", "execution", "works", 3),
    "green_spaces": Work("Entretien des espaces verts", "services", "supplies_services", 2),
    "cleaning": Work("Nettoyage des locaux", "reserved_inclusion", "supplies_services", 3),
    "training": Work("Parcours de qualification", "criterion", "social_services", 1),
}
LOTS = {"building": ["masonry", "painting"]}  # a large contract has a clause for each lot
SITES = [
    "Lycée des Trois-Chênes",
    "Lycée agricole du Marais-Bleu",
    "Lycée professionnel des Quatre-Vents",
    "Lycée de la Fontaine-aux-Loups",
    "CFA du bâtiment de la Vallée-Verte",
    "CFA des métiers de bouche du Vieux-Pont",
    "Internat de la Belle-Étoile",
    "Maison de la formation du Pré-aux-Oies",
]


class Facts(NamedTuple):
    """What is known of a contract besides its hours."""

    trade: str
    lots: list[str]
    title: str
    hours_due: float
    launched: date
    ordered: date
    start: date
    end: date


def create_orders(region, products, rows):
    """Confirmed orders, one per contract of ``rows``; return ``{contract: its clauses}``."""
    rng = Random(SEED)
    worked = defaultdict(list)
    for row in rows:
        worked[row.contract].append(row)
    facts_by_year = defaultdict(dict)
    for contract, contract_rows in worked.items():
        facts_by_year[contract.year][contract] = _facts(rng, contract, contract_rows)
    clauses = {}
    for year, facts in sorted(facts_by_year.items()):
        clauses |= _create_year(region, products, year, facts)
    return clauses


def create_products(region):
    """One service per trade."""
    products = region.env["product.product"].create(
        [{"name": work.title, "type": "service", "sale_ok": False} for work in WORKS.values()]
    )
    return dict(zip(WORKS, products, strict=True))


def _facts(rng, contract, rows):
    """What the hours worked tell: they came to 80 to 120 % of those due, and took so many months."""
    trade = rng.choices(list(WORKS), [work.weight for work in WORKS.values()])[0]
    first, last = min(row.month for row in rows), max(row.month for row in rows)
    start = max(first - timedelta(days=rng.randint(0, 45)), date(contract.year, 1, 1))
    ordered = start - timedelta(days=rng.randint(10, 60))
    return Facts(
        trade=trade,
        lots=LOTS.get(trade, [trade]) if len(rows) > 3 else [trade],
        title=f"{rng.choice(SITES)}, {PLACES[contract.relay].city} (exemple)",
        hours_due=sum(row.hours for row in rows) / rng.uniform(0.8, 1.2),
        launched=ordered - timedelta(days=rng.randint(60, 120)),
        ordered=ordered,
        start=start,
        end=last + relativedelta(months=rng.randint(1, 4), days=-1),
    )


def _create_year(region, products, year, facts):
    """Orders and clauses by the hundred; the clauses' references bear the year of the contract."""
    env = region.env
    orders = env["purchase.order"].create(
        [_order(region, products, contract, fact) for contract, fact in facts.items()]
    )
    env["clause.insertion"].with_context(ir_sequence_date=f"{year}-01-01").create(
        [
            _clause(region, order, contract, fact, lot)
            for order, (contract, fact) in zip(orders, facts.items(), strict=True)
            for lot in fact.lots
        ]
    )
    orders.button_confirm()
    for order, fact in zip(orders, facts.values(), strict=True):  # then, not on the day of this script
        order.write({"date_approve": datetime.combine(fact.ordered, time(10)), "insertion_notified_on": fact.ordered})
        order.clause_insertion_ids.parameters_frozen_on = fact.ordered
    return dict(zip(facts, (order.clause_insertion_ids for order in orders), strict=True))


def _order(region, products, contract, fact):
    lines = [
        {
            "product_id": products[lot].id,
            "name": f"{WORKS[lot].title} – {fact.title}",
            "product_qty": 1,
            "price_unit": _amount(region, fact, lot),
            "tax_ids": False,
            "qty_received": 1,
        }
        for lot in fact.lots
    ]
    return {
        "partner_id": region.contractors[contract.relay, fact.trade].id,
        "user_id": region.users["acheteur" if WORKS[fact.trade].category == "works" else "responsable"].id,
        "partner_ref": f"{contract.year}-{contract.relay}-{contract.number:03} {fact.title}",
        "date_order": datetime.combine(fact.ordered, time(9)),
        "date_planned": datetime.combine(fact.end, time(9)),
        "acknowledged": True,
        "insertion_consultation_date": fact.launched,
        "insertion_category": WORKS[fact.trade].category,
        "insertion_notified_on": fact.ordered,
        "order_line": [Command.create(line) for line in lines],
    }


def _clause(region, order, contract, fact, lot):
    work = WORKS[lot]
    return {
        "purchase_order_id": order.id,
        "lever": work.lever,
        "trade_id": region.trade(lot).id,
        "lot": work.title,
        "amount_untaxed": _amount(region, fact, lot),
        "place_zip": PLACES[contract.relay].zip,
        "date_start": fact.start,
        "date_end": fact.end,
    }


def _amount(region, fact, lot):
    """Euros excluding tax for which the formula gives the lot's part of the hours, to the hundred."""
    labour_share = region.trade(lot).labour_share
    return round(fact.hours_due / len(fact.lots) * HOURLY_COST / INSERTION_RATE / labour_share, -2)
