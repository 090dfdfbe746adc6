"""Days of acts and figures: those of the Region that the records are of, whoever asks and whatever the reader's clock.

Nothing else in these addons asks Odoo for today: it would give the day of the reader's time zone.
"""

from odoo import fields
from odoo.tools import SQL

from ...engine.days import day_in, instant_in, time_in


def region_zone(records):
    """The zone of the company of ``records``, else of the user's company.

    An analysis asks for the day in its own query: of several companies, it has the user's.

    sudo: a company's time zone is no secret, nor whose record it is once a day of it is asked for.
    """
    companies = records if records._name == "res.company" else records.env["res.company"]
    if records._auto and "company_id" in records._fields:
        companies = records[:1].sudo().company_id
    return (companies or records.env.company)._insertion_zone()


def region_today(records):
    """The day that it is now where the Region is; as such, the default of a field."""
    return region_day(records, fields.Datetime.now())


def region_day(records, instant):
    """The day of an instant, of which Odoo keeps the UTC."""
    return day_in(region_zone(records), instant)


def region_time(records, instant):
    """The same with its hour."""
    return time_in(region_zone(records), instant)


def region_instant(records, day, hour=0):
    """The instant, in UTC, at which it is that hour of the day."""
    return instant_in(region_zone(records), day, hour)


def sql_day(column, zone):
    """``region_day`` in a query."""
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", column, zone)


def sql_zone(env, company_column):
    """``region_zone`` in a query over rows of several companies, most of which have the same."""
    zones = {company.id: company._insertion_zone() for company in env["res.company"].sudo().search([])}  # no secret
    usual = env.company._insertion_zone()
    others = [SQL("WHEN %s THEN %s", company, zone) for company, zone in zones.items() if zone != usual]
    return SQL("CASE %s %s ELSE %s END", company_column, SQL(" ").join(others), usual) if others else SQL("%s", usual)
