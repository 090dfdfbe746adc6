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
