from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from .form_values import labels, read_day, read_number, read_text
from .portal_base import InsertionPortalBase

TEXTS = ("job_title", "place", "skills", "description")


class InsertionRecruitmentPortal(InsertionPortalBase):
    """Candidates: asked for by the contractor, proposed by the relay, accepted or declined by the contractor."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "insertion_request_count" in counters:
            Request = request.env["clause.insertion.recruitment"]
            values["insertion_request_count"] = (
                Request.search_count(Request._to_handle())
                + request.env["clause.insertion.employment"]._count_to_confirm()
                if Request.has_access("read")
                else 0
            )
        return values

    @http.route(
        ["/my/insertion-requests", "/my/insertion-requests/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_insertion_requests(self, page=1, filterby=None, **_kw):
        Request = request.env["clause.insertion.recruitment"]
        filters = {
            "all": {"label": request.env._("All"), "domain": []},
            "todo": {"label": request.env._("Waiting for me"), "domain": Request._to_handle()},
        }
        filterby = filterby if filterby in filters else "all"
        domain = filters[filterby]["domain"]
        pages = pager(
            url="/my/insertion-requests",
            url_args={"filterby": filterby},
            total=Request.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        values = self._prepare_portal_layout_values() | {
            "requests": Request.search(domain, limit=self._items_per_page, offset=pages["offset"]),
            "hires": request.env["clause.insertion.employment"]._to_confirm(),
            "page_name": "insertion_request",
            "pager": pages,
            "default_url": "/my/insertion-requests",
            "searchbar_filters": filters,
            "filterby": filterby,
        }
        return request.render("clause_insertion.portal_my_insertion_requests", values)

    @http.route(
        "/my/insertion-clauses/<int:clause_id>/ask", type="http", auth="user", methods=["GET", "POST"], website=True
    )
    def portal_insertion_ask(self, clause_id, **typed):
        """The form with GET; with POST, the request, or the form again with what was typed and what is wrong."""
        clause = self._own_as_contractor(clause_id)
        error = None
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    asked = request.env["clause.insertion.recruitment"].create(self._read_request(clause, typed))
                return request.redirect(asked.access_url)
            except UserError as refused:
                error = str(refused)
        values = self._prepare_portal_layout_values() | {
            "clause": clause,
            "page_name": "insertion_ask",
            "error": error,
            "typed": typed,
        }
        return request.render("clause_insertion.portal_insertion_ask", values)

    def _read_request(self, clause, typed):
        Request = request.env["clause.insertion.recruitment"]
        names = labels(Request, *TEXTS, "quantity", "date_start")
        values = {
            name: read_text(
                typed, name, names[name], required=name == "job_title", most=2000 if name in TEXTS[2:] else 200
            )
            for name in TEXTS
        }
        return values | {
            "clause_id": clause.id,
            "quantity": read_number(typed, "quantity", names["quantity"]),
            "date_start": read_day(typed, "date_start", names["date_start"], required=True),
            "driving_licence": bool(typed.get("driving_licence")),
        }

    @http.route("/my/insertion-requests/<int:request_id>", type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_request(self, request_id, **_kw):
        asked = self._own("clause.insertion.recruitment", request_id)
        is_open = asked.state in ("asked", "answered", "unanswered")
        values = self._prepare_portal_layout_values() | {
            "asked": asked,
            "page_name": "insertion_request",
            "error": request.session.pop("insertion_error", None),
            "is_contractor": asked.partner_id == request.env.user.commercial_partner_id,
            "is_open": is_open,
            "people": asked._eligible_people()
            if asked.is_relay and is_open
            else asked.candidate_ids.participant_id[:0],
        }
        return request.render("clause_insertion.portal_insertion_request", values)

    @http.route(
        "/my/insertion-requests/<int:request_id>/answer", type="http", auth="user", methods=["POST"], website=True
    )
    def portal_insertion_request_answer(self, request_id, answer="", **_kw):
        """The relay proposes the people it ticked, or says that nobody fits."""
        asked = self._own("clause.insertion.recruitment", request_id)
        ticked = [int(text) for text in request.httprequest.form.getlist("people") if text.isascii() and text.isdigit()]
        if answer == "nobody":
            return self._run_action(asked, asked.action_nobody_fits)
        return self._run_action(asked, asked.action_propose, [number for number in ticked if number < 2**31])

    @http.route(
        "/my/insertion-requests/<int:request_id>/withdraw", type="http", auth="user", methods=["POST"], website=True
    )
    def portal_insertion_request_withdraw(self, request_id, how="", **_kw):
        asked = self._own("clause.insertion.recruitment", request_id)
        return self._run_action(asked, asked.action_cancel if how == "cancel" else asked.action_close)

    @http.route(
        "/my/insertion-requests/<int:request_id>/decline/<int:candidate_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_insertion_candidate_decline(self, request_id, candidate_id, reason="", **_kw):
        candidate = self._own_candidate(request_id, candidate_id)
        return self._run_action(candidate.recruitment_id, candidate.action_decline, reason[:200])
