"""One login per role, and a facilitator in each of the other relays."""

from typing import NamedTuple

from faker import Faker

from odoo import Command

from .plan import SEED

PASSWORD = "exemple"  # the same weak one for all, and printed: this database is for your own machine alone
INSERTION = "clause_insertion.group_clause_insertion_"
INVENTED = "Personne inventée pour l'exemple."


class Login(NamedTuple):
    role: str
    login: str
    password: str
    url: str


class Role(NamedTuple):
    title: str
    login: str
    groups: str
    url: str


ROLES = [
    Role("Acheteur", "acheteur", "purchase.group_purchase_user", "/odoo/purchase"),
    Role("Chargé de mission clauses", "charge-mission", INSERTION + "officer", "/odoo/insertion-clauses"),
    Role(
        "Responsable des clauses et des achats",
        "responsable",
        f"{INSERTION}manager,purchase.group_purchase_manager",
        "/odoo/insertion-clauses",
    ),
    Role("Facilitateur du relais de Poitiers", "facilitateur", INSERTION + "facilitator", "/odoo/insertion-people"),
    Role("Entreprise titulaire (portail)", "entreprise", "base.group_portal", "/my"),
    Role("Autre entreprise (portail)", "entreprise-17", "base.group_portal", "/my"),
    Role("Relais de La Rochelle (portail)", "relais-portail", "base.group_portal", "/my"),
    Role("Finances", "finance", f"{INSERTION}user,account.group_account_invoice", "/odoo/insertion-hours"),
]
BUYERS = {"acheteur": "Direction des lycées", "responsable": "Direction des achats"}
OTHER_FACILITATORS = ["861", "16", "79"]  # they have seen proofs, but nobody logs in as them: no password


def create_users(region):
    """Add the users to the region; return how to log in."""
    fake = Faker("fr_FR")
    fake.seed_instance(SEED)
    structures = {
        "facilitateur": region.relays["86"],
        "relais-portail": region.relays["17"],
        "entreprise": region.contractors["86", "masonry"],
        "entreprise-17": region.contractors["17", "painting"],
        **{f"facilitateur-{area}": region.relays[area] for area in OTHER_FACILITATORS},
    }
    values = [{**_user(region, fake, role.login, role.groups), "password": PASSWORD} for role in ROLES]
    values += [_user(region, fake, f"facilitateur-{area}", INSERTION + "facilitator") for area in OTHER_FACILITATORS]
    users = region.env["res.users"].with_context(no_reset_password=True).create(values)
    for user in users:
        structure = structures.get(user.login, region.company.partner_id)
        user.partner_id.write({"parent_id": structure.id, "comment": INVENTED})
        region.users[user.login] = user
        if structure.is_insertion_facilitator:
            region.facilitators |= {area: user for area, relay in region.relays.items() if relay == structure}
    _departments(region)
    region.env.ref("base.user_admin").write({"lang": "fr_FR", "tz": "Europe/Paris"})
    for role in ROLES:
        region.users[role.login].write({"action_id": _start_page(region.env, role.url).id})
    return [Login(role.title, role.login, PASSWORD, role.url) for role in ROLES]


def _departments(region):
    """Who buys works, and who buys the rest: statements are given by department too."""
    for login, name in BUYERS.items():
        department = region.env["hr.department"].create({"name": f"{name} (exemple)"})
        user = region.users[login]
        region.env["hr.employee"].create({"name": user.name, "user_id": user.id, "department_id": department.id})


def _start_page(env, url):
    """The action behind an address of the back office: where the user arrives after the login."""
    return env["ir.actions.act_window"].search([("path", "=", url.removeprefix("/odoo/"))])


def _user(region, fake, login, groups):
    return {
        "name": f"{fake.first_name()} {fake.last_name()} (exemple)",
        "login": login,
        "email": f"{login}@region.example",  # ".example" is reserved: nothing is ever delivered there
        "lang": "fr_FR",
        "tz": "Europe/Paris",
        "group_ids": [Command.set([region.env.ref(group).id for group in groups.split(",")])],
    }
