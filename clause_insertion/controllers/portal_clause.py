from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from ..engine.months import first_day
from ..tools.base.days import region_today
from .portal_relay import InsertionRelayPortal

CLAUSES = "/my/insertion-clauses"
CLAUSE = f"{CLAUSES}/<int:clause_id>"


class InsertionClausePortal(InsertionRelayPortal):
    """The clauses of a contractor or of a relay: the list, one of them, what its relay notes there."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        Clause, Declaration = request.env["clause.insertion"], request.env["clause.insertion.declaration"]
        if "insertion_clause_count" in counters:
            values["insertion_clause_count"] = Clause.search_count([]) if Clause.has_access("read") else 0
        if "insertion_declaration_count" in counters:
            values["insertion_declaration_count"] = (
                Declaration.search_count(self._to_handle()) if Declaration.has_access("read") else 0
            )
        return values

    def _insertion_sortings(self):
        return {
            "recent": {"label": request.env._("Newest"), "order": "date_start desc, id desc"},
            "end": {"label": request.env._("End date"), "order": "date_end, id"},
            "progress": {"label": request.env._("Progress"), "order": "progress, id"},
        }

    def _insertion_filters(self):
        return {
            "all": {"label": request.env._("All"), "domain": []},
            "running": {"label": request.env._("Running"), "domain": [("state", "=", "running")]},
            "ended": {"label": request.env._("Ended"), "domain": [("state", "in", ("done", "certified", "cancelled"))]},
        }

    @http.route([CLAUSES, f"{CLAUSES}/page/<int:page>"], type="http", auth="user", website=True)
    def portal_insertion_clauses(self, page=1, sortby=None, filterby=None, **_kw):
        sortings, filters = self._insertion_sortings(), self._insertion_filters()
        sortby = sortby if sortby in sortings else "recent"
        filterby = filterby if filterby in filters else "all"
        Clause, domain = request.env["clause.insertion"], filters[filterby]["domain"]
        pages = pager(
            url=CLAUSES,
            url_args={"sortby": sortby, "filterby": filterby},
            total=Clause.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        clauses = Clause.search(
            domain, order=sortings[sortby]["order"], limit=self._items_per_page, offset=pages["offset"]
        )
        values = self._prepare_portal_layout_values() | {
            "clauses": clauses,
            "is_contractor": request.env.user.commercial_partner_id in clauses.partner_id,
            "page_name": "insertion_clause",
            "pager": pages,
            "default_url": CLAUSES,
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "searchbar_filters": filters,
            "filterby": filterby,
        }
        return request.render("clause_insertion.portal_my_insertion_clauses", values)

    @http.route(CLAUSE, type="http", auth="user", website=True)
    def portal_insertion_clause(self, clause_id, **_kw):
        clause = self._own("clause.insertion", clause_id)
        values = self._prepare_portal_layout_values() | self._prepare_clause_values(clause)
        return request.render("clause_insertion.portal_insertion_clause", values)

    def _prepare_clause_values(self, clause):
        values = {
            "clause": clause,
            "page_name": "insertion_clause",
            "declarations": clause.declaration_ids,
            "is_contractor": clause.partner_id == request.env.user.commercial_partner_id,
            "is_relay": self._is_relay(clause),
            "this_month": first_day(region_today(clause)),
        }
        if values["is_relay"]:
            values |= self._prepare_relay_values(clause, [("clause_id", "=", clause.id)])
        return values

    # -- what its relay notes ------------------------------------------------------------------------

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
        return self._run_action(clause, self._log_contact, met, typed)

    @http.route(f"{CLAUSE}/hand-over", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_clause_hand_over(self, clause_id, **typed):
        """The clause leaves the user's list: what is shown next is that list, or what was refused."""
        clause = self._own_as_relay(clause_id)
        answer = self._run_action(clause, self._hand_over, {"clause_id": clause.id}, typed)
        return answer if self._is_relay(clause) else request.redirect(CLAUSES)
