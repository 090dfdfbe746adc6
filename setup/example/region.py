"""The Region, its relays, its contractors and the other employers: all invented, and all say so."""

import base64
import io
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from odoo import Command

INVENTED = "Structure inventée pour l'exemple : elle n'existe pas."


class Place(NamedTuple):
    """The area of a relay: its main town, and the nickname that its companies are named after."""

    relay: str
    kind: str
    city: str
    zip: str
    of: str


PLACES = {
    "86": Place("Maison de l'emploi du Haut-Clain", "mde", "Poitiers", "86000", "du Clain"),
    "861": Place("MEIF des Deux-Rives", "meif", "Châtellerault", "86100", "des Deux-Rives"),
    "17": Place("PLIE des Pertuis", "plie", "La Rochelle", "17000", "des Pertuis"),
    "16": Place("PLIE du Val de Charente", "plie", "Angoulême", "16000", "du Val de Charente"),
    "79": Place("Clause Emploi Gâtine", "association", "Niort", "79000", "de Gâtine"),
}
# Trade (its technical name) and how companies of the trade call themselves.
CONTRACTORS = {
    "building": "Bâtiment",
    "masonry": "Maçonnerie",
    "painting": "Peintures",
    "metal_frame": "Charpentes",
    "electricity": "Électricité",
    "plumbing": "Chauffage",
    "joinery": "Menuiseries",
    "roads": "Voirie",
    "green_spaces": "Jardins solidaires",
    "cleaning": "Propreté solidaire",
    "training": "Compétences",
}
CONTRACTOR_KINDS = {"green_spaces": "ACI", "cleaning": "EI"}
EMPLOYERS = {
    "ETTI": "Intérim insertion",
    "GEIQ": "GEIQ BTP",
    "AI": "Coup de main",
    "EI": "Second œuvre solidaire",
    "ACI": "Chantiers",
}
PRESCRIBERS = {"young": "Mission locale", "all": "Service emploi"}
PRESCRIBER_KINDS = {"young": "ML", "all": "CCAS"}


class Region:
    """Relays by area, contractors by area and trade, other employers by area and kind…"""

    def __init__(self, env):
        self.env = env
        self.company = _company(env)
        self.relays = _relays(env)
        self.contractors = _structures(env, CONTRACTORS, CONTRACTOR_KINDS)
        self.employers = _structures(env, EMPLOYERS, {kind: kind for kind in EMPLOYERS})
        self.prescribers = _structures(env, PRESCRIBERS, {})
        for (_area, key), prescriber in self.prescribers.items():
            prescriber.write({"is_insertion_prescriber": True, "insertion_prescriber_kind": PRESCRIBER_KINDS[key]})
        self.users = {}  # by login
        self.facilitators = {}  # by area

    def as_user(self, login):
        """What happens with this user's own rights, and is written down in the chatter."""
        return self.env(user=self.users[login], context={"lang": "fr_FR", "tz": "Europe/Paris"})

    def data(self, xml_id):
        """A record of the addon's own data: a trade, a public, a department…"""
        return self.env.ref(f"clause_insertion.{xml_id}")

    def trade(self, name):
        return self.data(f"trade_{name}")


def _company(env):
    company = env.company
    env.ref("base.EUR").active = True
    company.write(
        {
            "name": "Région Poitou-Charentes (exemple)",
            "street": "1 rue de l'Exemple",
            "zip": "86000",
            "city": "Poitiers",
            "country_id": env.ref("base.fr").id,
            "currency_id": env.ref("base.EUR").id,
            "email": "contact@region.example",
            "logo": _logo(),
        }
    )
    company.partner_id.write({"lang": "fr_FR", "comment": INVENTED})
    return company


def _logo():
    """A sign that the documents and the portal are an example's (Pillow's own font has no accents)."""
    image = Image.new("RGB", (360, 90), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 16, 90), fill="#714B67")
    draw.text((30, 8), "Poitou-Charentes", fill="#333333", font=ImageFont.load_default(30))
    draw.text((30, 48), "exemple", fill="#714B67", font=ImageFont.load_default(22))
    content = io.BytesIO()
    image.save(content, "PNG")
    return base64.b64encode(content.getvalue())


def structure(name, place):
    """Values of an invented company of that place."""
    return {
        "name": f"{name} (exemple)",
        "is_company": True,
        "zip": place.zip,
        "city": place.city,
        "lang": "fr_FR",
        "comment": INVENTED,
    }


def _relays(env):
    """One per department; the second of Vienne has a territory of its own inside it."""
    vienne = env.ref("clause_insertion.territory_department_86")
    bassin = env["clause.insertion.territory"].create(
        {
            "name": "Bassin de Châtellerault (exemple)",
            "code": "EXEMPLE-861",
            "kind": "epci",
            "parent_id": vienne.id,
            "zip_prefixes": "861",
        }
    )
    territories = {
        area: bassin if area == "861" else env.ref(f"clause_insertion.territory_department_{area}") for area in PLACES
    }
    relays = env["res.partner"].create(
        [
            {
                **structure(place.relay, place),
                "is_insertion_facilitator": True,
                "insertion_facilitator_kind": place.kind,
                "insertion_territory_ids": [Command.set(territories[area].ids)],
            }
            for area, place in PLACES.items()
        ]
    )
    return dict(zip(PLACES, relays, strict=True))


def _structures(env, names, kinds):
    """``{(area, key): partner}``, one for each area and each of ``names``."""
    keys = [(area, key) for area in PLACES for key in names]
    partners = env["res.partner"].create(
        [
            {
                **structure(f"{names[key]} {PLACES[area].of}", PLACES[area]),
                "insertion_siae_kind": kinds.get(key),
            }
            for area, key in keys
        ]
    )
    return dict(zip(keys, partners, strict=True))
