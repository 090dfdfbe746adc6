from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .portal import InsertionPortal
from .portal_follow import InsertionFollowPortal

CLAUSE = "/my/insertion-clauses/<int:clause_id>"


class InsertionFollowClausePortal(InsertionFollowPortal, InsertionPortal):
    """What happens between a relay and the company of a clause that it follows."""

    def _prepare_clause_values(self, clause):
        values = super()._prepare_clause_values(clause) | {"is_relay": self._is_relay(clause)}
        if values["is_relay"]:
            values |= self._prepare_follow_values(clause, [("clause_id", "=", clause.id)])
        return values

    def _is_relay(self, clause):
        return clause.facilitator_id == request.env.user.commercial_partner_id

    def _own_as_relay(self, clause_id):
        """A clause that the user's relay follows: not found for everybody else, its contractor included."""
        clause = self._own("clause.insertion", clause_id)
        if not self._is_relay(clause):
            raise NotFound()
        return clause

    @http.route(f"{CLAUSE}/contact", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_clause_contact(self, clause_id, **typed):
        clause = self._own_as_relay(clause_id)
        met = {"clause_id": clause.id, "partner_id": clause.partner_id.id}
        return self._do(clause, self._log_contact, met, typed)

    @http.route(f"{CLAUSE}/hand-over", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_clause_hand_over(self, clause_id, **typed):
        """The clause leaves the user's list: what is shown next is that list, or what was refused."""
        clause = self._own_as_relay(clause_id)
        answer = self._do(clause, self._hand_over, {"clause_id": clause.id}, typed)
        return answer if self._is_relay(clause) else request.redirect("/my/insertion-clauses")
