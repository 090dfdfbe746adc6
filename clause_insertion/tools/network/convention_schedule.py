"""What the conventions ask for on a day: each domain finds those for which it is still to be done."""

from typing import NamedTuple

from odoo import fields
from odoo.fields import Domain

from ..base.days import region_today

SIGNED = Domain("date_signed", "!=", False)


def to_renew(today):
    """Those that go on by themselves, and have ended without notice."""
    return (
        Domain("renews_tacitly", "=", True)
        & SIGNED
        & Domain("date_end", "<", today)
        & Domain("renewal_ids", "=", False)
    )


def to_update(today):
    """Those whose state is no longer that of the day."""
    replaced = Domain("renewal_ids", "any", SIGNED & Domain("date_start", "<=", today))
    starts = Domain("state", "=", "draft") & SIGNED & Domain("date_start", "<=", today)
    ends = Domain("state", "=", "running") & (Domain("date_end", "<", today) | replaced)
    return starts | ends | Domain("state", "=", "expired") & replaced


class ConventionReminder(NamedTuple):
    """Whoever follows a convention is reminded before one of its dates, once for each date."""

    day: str  # the field of that date
    reminded_on: str  # the field that says that it was done
    is_settled: str  # the field that says that there is nothing left to decide
    activity: str
    warning_days: str  # the parameter: how long before

    def to_send(self, today, company):
        """Running conventions of the company that come near the date, without a signed renewal."""
        days = company.env["clause.insertion.parameter"]._get(self.warning_days, today, company)
        if days is None:
            return Domain.FALSE
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "running")
            & Domain(self.day, ">=", today)
            & Domain(self.day, "<=", fields.Date.add(today, days=int(days)))
            & Domain(self.reminded_on, "=", False)
            & Domain(self.is_settled, "=", False)
            & Domain("renewal_ids", "not any", SIGNED)
        )

    def send(self, conventions):
        """As superuser: that it was done is closed to direct writing."""
        for convention in conventions:
            user = convention.user_id.filtered("active") or convention.env.user
            convention.activity_schedule(self.activity, convention[self.day], user_id=user.id)
        conventions[self.reminded_on] = region_today(conventions)


END = ConventionReminder(
    day="date_end",
    reminded_on="end_reminded_on",
    is_settled="renews_tacitly",
    activity="clause_insertion.mail_activity_type_convention_end",
    warning_days="convention_end_warning_days",
)
NOTICE = ConventionReminder(
    day="notice_date",
    reminded_on="notice_reminded_on",
    is_settled="denounced_on",
    activity="clause_insertion.mail_activity_type_convention_notice",
    warning_days="convention_notice_warning_days",
)
REMINDERS = (END, NOTICE)
