from ..common import InsertionCommon

CONTRACT = {"date_start": "2026-11-02", "contract_type": "FIXED_TERM", "execution_mode": "direct"}


class RecruitmentCommon(InsertionCommon):
    """A running clause on which its contractor asks for two people; its relay knows one who is eligible."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clause = cls._new_running_clause()
        cls.person = cls._new_participant(firstname="Zéphyrine")
        cls.request = cls._new_request(cls.clause, quantity=2)

    def _as(self, user, record=None):
        return (record or self.request).with_user(user)

    def _propose(self, people=None, user=None):
        people = people or self.person
        self._as(user or self.user_facilitator).action_propose(people.ids)
        return self.request.candidate_ids.filtered(lambda candidate: candidate.participant_id in people)
