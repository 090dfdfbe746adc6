from datetime import date, datetime

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ...engine.days import instant_in
from ...tools.base.days import region_day, region_instant, region_time, region_today, region_zone, sql_day, sql_zone
from ..common import InsertionCommon

ZONES = ("Pacific/Wallis", "Europe/Paris", "UTC", "America/Guadeloupe")
# Year end, the eve and the first day of the duty, both nights when clocks change in Paris, a leap day.
DAYS = [(2026, 12, 31), (2027, 1, 1), (2026, 8, 21), (2026, 8, 22), (2026, 3, 29), (2026, 10, 25), (2028, 2, 29)]


@tagged("post_install", "-at_install")
class TestRegionDays(InsertionCommon):
    """Whoever asks, from whatever clock, the day is the Region's."""

    def _moments(self):
        """``(day, instant)`` at half past midnight and half an hour before it, in the Region's zone."""
        zone = region_zone(self.company)
        for day in (date(*parts) for parts in DAYS):
            for hour in (0, 23):
                instant = instant_in(zone, day, hour).replace(minute=30)
                yield day, instant

    def test_the_same_day_for_every_reader(self):
        for zone in ZONES:
            self.company.partner_id.tz = zone
            for day, instant in self._moments():
                for reader in ZONES:
                    order = self.env["purchase.order"].with_user(self.user_buyer).with_context(tz=reader)
                    self.user_buyer.tz = reader
                    with self.subTest(zone=zone, day=day, reader=reader), freeze_time(instant):
                        self.assertEqual(region_today(order), day)
                        self.assertEqual(region_day(self.company, fields.Datetime.now()), day)
                        self.assertEqual(region_time(order, instant).minute, 30)
                        self.assertEqual(region_instant(order, day), instant_in(zone, day))

    def test_a_record_has_the_days_of_its_own_company(self):
        overseas = self.env["res.company"].create({"name": "Une autre Région (fictive)"})
        overseas.partner_id.tz = "America/Guadeloupe"
        order = self.env["purchase.order"].new({"company_id": overseas.id})
        with freeze_time("2026-08-21 22:30:00"):
            self.assertEqual((region_today(order), region_today(self.company)), (date(2026, 8, 21), date(2026, 8, 22)))
            self.assertEqual(region_today(self.env["purchase.order"].with_company(overseas)), date(2026, 8, 21))

    def test_a_query_has_the_same_days(self):
        overseas = self.env["res.company"].create({"name": "Une autre Région (fictive)"})
        for zone in ZONES:
            self.company.partner_id.tz = zone
            for other in ZONES:
                overseas.partner_id.tz = other
                for _day, instant in self._moments():
                    for company in self.company | overseas:
                        day = sql_day(SQL("%s::timestamp", instant), sql_zone(self.env, SQL("%s", company.id)))
                        [[found]] = self.env.execute_query(SQL("SELECT %s", day))
                        self.assertEqual(found, region_day(company, instant))

    def test_half_past_midnight_in_paris_is_under_the_duty(self):
        """In force on 22 August 2026: it is then still the 21st in UTC and in Guadeloupe."""
        self.company.partner_id.tz = "Europe/Paris"
        for reader in ZONES:
            for instant, expected in (("2026-08-21 22:30:00", "required"), ("2026-08-21 21:30:00", "not_concerned")):
                self.user_buyer.tz = reader
                with self.subTest(reader=reader, instant=instant), freeze_time(instant):
                    self.env = self.env(user=self.user_buyer, context={"tz": reader})
                    order = self._new_order(5_500_000)
                    self.assertEqual(order.insertion_obligation, expected)

    def test_no_hour_is_declared_in_advance_of_the_region(self):
        """At noon in Greenwich it is the next day in Wallis, whose relay may declare it; in Paris it may not."""
        with freeze_time("2026-09-01 08:00:00"):
            clause = self._new_running_clause()
            person = self._new_participant()
            self._new_employment(person, clause)
        with freeze_time("2026-09-14 12:00:00"):
            declaration = self._new_declaration(clause)
            values = {"date": "2026-09-15", "insertion_is_monthly": False}
            for reader in ZONES:
                self.env.user.tz = reader
                self.company.partner_id.tz = "Europe/Paris"
                with self.assertRefused(ValidationError, "in advance"), self.cr.savepoint():
                    self._new_line(declaration.with_context(tz=reader), person, 7, **values)
                self.company.partner_id.tz = "Pacific/Wallis"
                self.assertTrue(self._new_line(declaration.with_context(tz=reader), person, 7, **values))

    def test_defaults_and_states(self):
        """The day proposed by a form, and the day since which a state lasts."""
        self.company.partner_id.tz = "Pacific/Wallis"
        for reader in ZONES:
            env = self.env(context={"tz": reader})
            with self.subTest(reader=reader), freeze_time("2026-12-31 12:30:00"):
                proposed = env["clause.insertion.declaration"].default_get(["month"])
                self.assertEqual(str(proposed["month"]), "2027-01-01")
                self.assertEqual(env["clause.insertion.objective"].default_get(["year"]), {"year": 2027})
                clause = self._new_clause()
                self.assertEqual(clause.with_env(env).state_since, date(2027, 1, 1))

    def test_the_zone_is_paris_until_the_region_says_otherwise(self):
        self.company.partner_id.tz = False
        with freeze_time("2026-08-21 22:30:00"):
            self.assertEqual(region_today(self.company), date(2026, 8, 22))
        self.assertEqual(region_instant(self.company, date(2026, 8, 22)), datetime(2026, 8, 21, 22))
