"""What the buyers of the Region are at work on today: amounts in euros excluding tax."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, fields

FURNITURE, VEHICLES, PAINT, CLEANING = 480_000, 900_000, 1_500_000, 520_000
OFFERS = 35  # days
AGREED, ORDERED = 1_000_000, (300_000, 150_000)  # 833 h for the agreement, 374.85 h for what was ordered


def create_consultations(region, products):
    """Every answer to “must this purchase have a social clause?”, and a framework agreement."""
    buyer = region.as_user("acheteur")
    chief = region.as_user("responsable")
    _missing(buyer, region)
    _exempted(chief, region)
    _sized(buyer, region, products)
    _framework(buyer, region, products)


def request(env, partner, product, amount, title, offers_within=0, **values):
    """A request for quotation of one line, launched today; offers are awaited for so many days."""
    now = fields.Datetime.now()
    line = {"product_id": product.id, "name": title, "product_qty": 1, "price_unit": amount, "tax_ids": False}
    return env["purchase.order"].create(
        {
            "partner_id": partner.id,
            "partner_ref": title,
            "insertion_category": "works",
            "insertion_consultation_date": now.date(),
            "date_order": now + timedelta(days=offers_within),
            "date_planned": now + timedelta(days=365),
            "order_line": [Command.create(line)],
            **values,
        }
    )


def supply(region, name):
    """A service that the Region buys."""
    return region.env["product.product"].create({"name": name, "type": "service", "sale_ok": False})


def _missing(env, region):
    """Above the threshold and no clause yet: the buyer is warned."""
    supplier = region.contractors["79", "joinery"]
    furniture = supply(region, "Mobilier scolaire")
    title = "Mobilier des salles de classe (exemple)"
    request(env, supplier, furniture, FURNITURE, title, OFFERS, insertion_category="supplies_services")


def _exempted(env, region):
    """The purchase manager has written down why there is none."""
    request(
        env,
        region.contractors["16", "roads"],
        supply(region, "Véhicules de service"),
        VEHICLES,
        "Véhicules de service (exemple)",
        OFFERS,
        insertion_category="supplies_services",
        insertion_exemption_id=region.data("exemption_no_link").id,
        insertion_exemption_note="Achat de véhicules sur catalogue : aucune main-d'œuvre dans la prestation.",
    )


def _sized(env, region, products):
    """One clause being sized, another already in consultation."""
    sizing = request(
        env,
        region.contractors["17", "painting"],
        products["painting"],
        PAINT,
        "Peinture de douze lycées (exemple)",
        OFFERS,
    )
    planned = request(
        env,
        region.contractors["17", "cleaning"],
        products["cleaning"],
        CLEANING,
        "Nettoyage des CFA (exemple)",
        OFFERS,
        insertion_category="supplies_services",
    )
    env["clause.insertion"].create(
        [
            {"purchase_order_id": sizing.id, "trade_id": region.trade("painting").id, "insertion_rate": 0.10},
            *_cleaning_lots(planned, region.trade("cleaning")),
        ]
    )
    planned.print_quotation()  # sent to the bidders


def _cleaning_lots(order, trade):
    """Two levers in one contract: the text for its tender documents names both."""
    lots = (
        ("Lot 1 – CFA de La Rochelle", "execution", 320_000),
        ("Lot 2 – CFA de Rochefort", "reserved_inclusion", 200_000),
    )
    return [
        {
            "purchase_order_id": order.id,
            "trade_id": trade.id,
            "place_zip": "17000",
            "lot": lot,
            "lever": lever,
            "amount_untaxed": amount,
        }
        for lot, lever, amount in lots
    ]


def _framework(env, region, products):
    """Hours that grow with each order under a framework agreement."""
    today = fields.Date.today()
    agreement = env["purchase.requisition"].create(
        {
            "vendor_id": region.contractors["86", "masonry"].id,
            "requisition_type": "blanket_order",
            "reference": "Maçonnerie d'entretien des lycées (exemple)",
            "insertion_category": "works",
            "date_start": today - relativedelta(months=2),
            "date_end": today + relativedelta(months=22),
            "line_ids": [
                Command.create({"product_id": products["masonry"].id, "product_qty": 100, "price_unit": AGREED / 100})
            ],
        }
    )
    env["clause.insertion"].create(
        {"requisition_id": agreement.id, "trade_id": region.trade("masonry").id, "hours_mode": "ordered"}
    )
    agreement.action_confirm()
    for number, amount in enumerate(ORDERED, start=1):
        title = f"Bon de commande {number} (exemple)"
        order = request(env, agreement.vendor_id, products["masonry"], amount, title, requisition_id=agreement.id)
        order.button_confirm()
