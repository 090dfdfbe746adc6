"""The example Region: a Poitou-Charentes of invented people, companies and relays.

Its yearly statements of 2012, 2013 and early 2014 show the hours, contracts and people that the real
Region published; its purchases and declarations of today give each login something to do.
Everything comes from seeded generators: two builds on the same day give the same Region.
"""

from datetime import date
from random import Random

from .consultations import create_consultations
from .hours import import_past
from .network import create_network
from .ordinary import create_ordinary
from .penalties import create_penalties
from .open_data import create_essential_data, describe_companies
from .people import create_people
from .plan import SEED, past
from .purchases import create_orders, create_products
from .region import Region
from .running import create_running
from .users import Login, create_users

__all__ = ["Login", "build"]


def build(env) -> list[Login]:
    """Fill a fresh database, as its superuser; return how to log in."""
    quiet = {"lang": "fr_FR", "tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True}
    region = Region(env(context={**env.context, **quiet}))
    logins = create_users(region)
    products = create_products(region)
    describe_companies(region)
    create_past(region, products)
    create_network(region)
    life = create_running(region, products)
    create_penalties(region, life.clauses, life.today)
    create_consultations(region, products)
    publish_past(region)
    create_ordinary(region)
    create_essential_data(region)
    region.env.flush_all()
    # Odoo's buyers' dashboard measures the time from here to the order; the ORM leaves no other way to date it.
    region.env.cr.execute("UPDATE purchase_order SET create_date = date_approve WHERE date_approve < create_date")
    return logins


def publish_past(region) -> None:
    """The year 2013 as it was published early, before its last month was validated: the difference is to be seen."""
    question = {"year": 2013, "as_of": date(2014, 1, 5)}
    statement = region.as_user("charge-mission")["clause.insertion.statement"].create(question)
    statement.action_publish()
    region.env["clause.insertion.publication"].search([]).note = "Remis aux élus (exemple)."


def create_past(region, products) -> None:
    """Contracts and people first, then their hours, as files that a clause officer imports."""
    rows = past(Random(SEED))
    clauses = create_orders(region, products, rows)
    people = create_people(region, rows, clauses)
    import_past(region, rows, clauses, people)
    ended = region.env["clause.insertion"].union(*clauses.values())
    ended.action_strike_balance()
    ended.action_certify()
