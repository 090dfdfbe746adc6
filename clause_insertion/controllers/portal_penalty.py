from odoo import http
from odoo.http import request

from .form_values import labels, read_text
from .portal_clause import InsertionClausePortal

LETTERS = {
    "notice": ("notified_on", "clause_insertion.clause_insertion_penalty_report_notice"),
    "decision": ("decided_on", "clause_insertion.clause_insertion_penalty_report_decision"),
}


class InsertionPenaltyPortal(InsertionClausePortal):
    """A contractor reads what it is reproached with, replies, and reads the decision."""

    def _prepare_clause_values(self, clause):
        """The rules give a contractor its own, and a relay none."""
        values = super()._prepare_clause_values(clause)
        penalties = request.env["clause.insertion.penalty"].search([("clause_id", "=", clause.id)])
        return values | {"penalties": penalties}

    @http.route("/my/insertion-penalties/<int:penalty_id>", type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_penalty(self, penalty_id, **_kw):
        penalty = self._own("clause.insertion.penalty", penalty_id)
        values = self._prepare_portal_layout_values() | {
            "penalty": penalty,
            "page_name": "insertion_penalty",
            "error": request.session.pop("insertion_error", None),
            "may_reply": penalty.state == "notified" and penalty.partner_id == request.env.user.commercial_partner_id,
        }
        return request.render("clause_insertion.portal_insertion_penalty", values)

    @http.route(
        "/my/insertion-penalties/<int:penalty_id>/reply", type="http", auth="user", methods=["POST"], website=True
    )
    def portal_insertion_penalty_reply(self, penalty_id, **typed):
        penalty = self._own("clause.insertion.penalty", penalty_id)

        def reply():
            names = labels(penalty, "reply")
            penalty.action_reply(read_text(typed, "reply", names["reply"], required=True, most=5000))

        return self._run_action(penalty, reply)

    @http.route(
        "/my/insertion-penalties/<int:penalty_id>/<string:letter>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_insertion_penalty_letter(self, penalty_id, letter, **_kw):
        penalty = self._own("clause.insertion.penalty", penalty_id)
        if letter not in LETTERS or not penalty[LETTERS[letter][0]]:
            raise request.not_found()
        return self._show_report(penalty, "pdf", LETTERS[letter][1], download=True)
