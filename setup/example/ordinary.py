"""What the Region also buys, without a social provision: so that its follow-up has shares to show."""

from datetime import timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import fields

from .consultations import request, supply
from .region import PLACES, structure

SOCIAL = "Ressourcerie", {"insertion_is_esus": True}
ADAPTED = "Atelier protégé", {"insertion_siae_kind": "ESAT"}
CATALOGUE = "Matériel acheté sur catalogue : le besoin est couvert par une solution immédiatement disponible."


class Purchase(NamedTuple):
    """Bought so many months ago; ``maker`` is the area and trade of a contractor, or a structure of its own kind."""

    title: str
    maker: tuple
    amount: float
    months: int
    category: str = "supplies_services"
    exemption: str | None = None


PURCHASES = [
    Purchase("Fournitures de bureau", ("79", "joinery"), 180_000, 21),
    Purchase("Licences bureautiques", ("86", "electricity"), 320_000, 18),
    Purchase("Mobilier réemployé", SOCIAL, 60_000, 15),
    Purchase("Réfection de toitures", ("16", "metal_frame"), 640_000, 13, "works"),
    Purchase("Papier et enveloppes", ("17", "joinery"), 95_000, 9),
    Purchase("Location de véhicules", ("16", "roads"), 150_000, 7),
    Purchase("Repas des réunions", ADAPTED, 30_000, 6),
    Purchase("Serveurs informatiques", ("86", "electricity"), 410_000, 1, exemption="exemption_available"),
    Purchase("Maintenance des ascenseurs", ("79", "plumbing"), 300_000, 1),
]


def create_ordinary(region):
    """Orders confirmed on their own day; one has a reason for no social condition, another should have had one."""
    chief = region.as_user("responsable")
    for purchase in PURCHASES:
        day = fields.Date.today() - relativedelta(months=purchase.months)
        order = request(
            chief,
            _vendor(region, purchase.maker),
            supply(region, purchase.title),
            purchase.amount,
            f"{purchase.title} (exemple)",
            insertion_category=purchase.category,
            insertion_consultation_date=day - timedelta(days=20),
            **_exemption(region, purchase),
        )
        order.button_confirm()
        order.write({"date_approve": day, "insertion_notified_on": day})


def _exemption(region, purchase):
    if not purchase.exemption:
        return {}
    return {
        "insertion_exemption_id": region.data(purchase.exemption).id,
        "insertion_exemption_note": CATALOGUE,
    }


def _vendor(region, maker):
    name, kind = maker
    if isinstance(kind, str):
        return region.contractors[maker]
    return region.env["res.partner"].create({**structure(f"{name} {PLACES['86'].of}", PLACES["86"]), **kind})
