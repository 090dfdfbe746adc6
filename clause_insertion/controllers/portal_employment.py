from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .form_values import labels, read_choice, read_day, read_selection, read_text, selection
from .portal_relay import InsertionRelayPortal

PERSON = ("firstname", "lastname", "phone", "email")
CONTRACT = ("employer_id", "date_start", "date_end")


class InsertionEmploymentPortal(InsertionRelayPortal):
    """Hires: recorded and ended by the contractor, confirmed or refused by the relay."""

    @http.route(
        "/my/insertion-requests/<int:request_id>/hire/<int:candidate_id>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def portal_insertion_candidate_hire(self, request_id, candidate_id, **typed):
        candidate = self._own_candidate(request_id, candidate_id)
        self._own_as_contractor(candidate.clause_id.id)
        return self._hire(
            candidate.clause_id, typed, lambda: candidate.action_hire(self._read_contract(typed)), candidate=candidate
        )

    @http.route(
        "/my/insertion-clauses/<int:clause_id>/hire", type="http", auth="user", methods=["GET", "POST"], website=True
    )
    def portal_insertion_own_hire(self, clause_id, **typed):
        """The contractor's own candidate: the name goes to the relay, which checks eligibility first."""
        clause = self._own_as_contractor(clause_id)
        Employment = request.env["clause.insertion.employment"]
        return self._hire(
            clause,
            typed,
            lambda: Employment._hire_own_candidate(clause, self._read_person(typed), self._read_contract(typed)),
        )

    def _hire(self, clause, typed, record_hire, candidate=None):
        error = None
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    employment = record_hire()
                    request.env.flush_all()
                return request.redirect(employment.access_url)
            except UserError as refused:
                error = str(refused)
        Employment = request.env["clause.insertion.employment"]
        values = self._prepare_portal_layout_values() | {
            "clause": clause,
            "candidate": candidate,
            "page_name": "insertion_hire_form",
            "error": error,
            "typed": typed,
            "contract_types": selection(Employment, "contract_type"),
            "execution_modes": selection(Employment, "execution_mode"),
            "employers": self._employers(),
        }
        return request.render("clause_insertion.portal_insertion_hire_form", values)

    def _employers(self):
        """Inclusion employers and agencies. sudo: their names alone, which are public, to choose from."""
        found = request.env["res.partner"].sudo().search([("insertion_siae_kind", "!=", False)], order="name")
        return [(str(partner.id), f"{partner.name} ({partner.insertion_siae_kind})") for partner in found]

    def _read_contract(self, typed):
        Employment = request.env["clause.insertion.employment"]
        names = labels(Employment, *CONTRACT)
        contract = {
            "execution_mode": read_selection(typed, Employment, "execution_mode"),
            "contract_type": read_selection(typed, Employment, "contract_type"),
            "date_start": read_day(typed, "date_start", names["date_start"], required=True),
            "date_end": read_day(typed, "date_end", names["date_end"]),
        }
        if contract["date_end"] and contract["date_end"] < contract["date_start"]:
            raise UserError(request.env._("A work contract cannot end before it starts."))
        if contract["execution_mode"] != "direct":
            employers = {value: int(value) for value, _label in self._employers()}
            contract["employer_id"] = read_choice(typed, "employer_id", names["employer_id"], employers)
        return contract

    def _read_person(self, typed):
        Identity = request.env["clause.insertion.identity"]
        names = labels(Identity, *PERSON, "birthdate")
        person = {name: read_text(typed, name, names[name], required=name.endswith("name")) for name in PERSON}
        if not (person["phone"] or person["email"]):
            raise UserError(
                request.env._("Give a phone number or an e-mail address, so that the relay can reach the person.")
            )
        return person | {"birthdate": read_day(typed, "birthdate", names["birthdate"], required=True)}

    # -- a hire --------------------------------------------------------------------------------------

    @http.route("/my/insertion-hires/<int:hire_id>", type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_hire(self, hire_id, **_kw):
        hire = self._own("clause.insertion.employment", hire_id)
        values = self._prepare_portal_layout_values() | {
            "hire": hire,
            "page_name": "insertion_hire",
            "error": request.session.pop("insertion_error", None),
            "publics": request.env["clause.insertion.public"].search([]) if hire.can_confirm else (),
            "end_reasons": selection(hire, "end_reason"),
        }
        return request.render("clause_insertion.portal_insertion_hire", values)

    @http.route("/my/insertion-hires/<int:hire_id>/answer", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_hire_answer(self, hire_id, answer="", reason="", **typed):
        """The relay notes the proof it has seen, confirms, or refuses with a reason."""
        hire = self._own("clause.insertion.employment", hire_id)
        if answer == "proof":
            return self._run_action(hire, self._record_proof, hire.participant_id, typed)
        if answer == "confirm":
            return self._run_action(hire, hire.action_confirm)
        return self._run_action(hire, hire.action_refuse, reason[:200])

    @http.route("/my/insertion-hires/<int:hire_id>/end", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_hire_end(self, hire_id, **typed):
        hire = self._own("clause.insertion.employment", hire_id)
        return self._run_action(hire, self._end, hire, typed)

    def _end(self, hire, typed):
        names = labels(hire, *CONTRACT)
        hire.action_end(
            read_day(typed, "date_end", names["date_end"], required=True),
            read_selection(typed, hire, "end_reason", required=False),
        )
