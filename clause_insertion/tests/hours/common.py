from odoo.tools import SQL

from ..common import InsertionCommon


class HiredPersonCommon(InsertionCommon):
    """A clause of 833 hours runs; one person has a work contract on it since 1 September 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant()
        cls.employment = cls._new_employment(cls.person, cls.clause)


class ValidatedMonthCommon(HiredPersonCommon):
    """The contractor has declared 120 hours in September; the relay has validated them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declaration = cls._new_declaration(cls.clause, hours={cls.person: 120})
        cls.declaration.action_submit()
        cls.declaration.with_user(cls.user_facilitator).action_validate()
        cls.line = cls.declaration.line_ids


class CertificateCommon(InsertionCommon):
    """A clause of 833 hours at its end: 100 hours validated, balance struck."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contractor.company_registry = "35600000000048"
        cls.clause = cls._new_running_clause(lot="Lot 4 – Peinture")
        cls.person = cls._new_participant(firstname="Camille", lastname="Introuvable")
        cls._new_employment(cls.person, cls.clause)
        cls.declaration = cls._new_declaration(cls.clause, hours={cls.person: 100})
        cls.declaration.action_submit()
        cls.declaration.with_user(cls.user_facilitator).action_validate()
        cls.clause.action_strike_balance()

    def _certify(self):
        self.clause.with_user(self.user_officer).action_certify()
        return self.clause.certificate_id

    def _withdraw(self, certificate, reason="Heures comptées deux fois"):
        certificate.with_user(self.user_officer).action_withdraw(reason)

    def _reverse(self):
        self.declaration.line_ids.with_user(self.user_officer).action_reverse("Feuille d'heures fausse")

    def _change_in_the_database(self, record, **values):
        """Behind the program's back, as whoever can write in the database."""
        self.env.flush_all()
        for name, value in values.items():
            column = SQL.identifier(name)
            self.env.cr.execute(
                SQL("UPDATE %s SET %s = %s WHERE id = %s", SQL.identifier(record._table), column, value, record.id)
            )
        self.env.invalidate_all()
