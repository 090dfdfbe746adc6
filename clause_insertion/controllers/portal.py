from odoo import fields, http
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from ..engine.months import first_day
from .portal_base import InsertionPortalBase


class InsertionPortal(InsertionPortalBase):
    """The desk's home, and the clauses of a contractor or of a relay."""

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

    @http.route(
        ["/my/insertion-clauses", "/my/insertion-clauses/page/<int:page>"], type="http", auth="user", website=True
    )
    def portal_insertion_clauses(self, page=1, sortby=None, filterby=None, **_kw):
        sortings, filters = self._insertion_sortings(), self._insertion_filters()
        sortby = sortby if sortby in sortings else "recent"
        filterby = filterby if filterby in filters else "all"
        Clause, domain = request.env["clause.insertion"], filters[filterby]["domain"]
        pages = pager(
            url="/my/insertion-clauses",
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
            "default_url": "/my/insertion-clauses",
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "searchbar_filters": filters,
            "filterby": filterby,
        }
        return request.render("clause_insertion.portal_my_insertion_clauses", values)

    @http.route("/my/insertion-clauses/<int:clause_id>", type="http", auth="user", website=True)
    def portal_insertion_clause(self, clause_id, **_kw):
        clause = self._own("clause.insertion", clause_id)
        values = self._prepare_portal_layout_values() | self._prepare_clause_values(clause)
        return request.render("clause_insertion.portal_insertion_clause", values)

    def _prepare_clause_values(self, clause):
        return {
            "clause": clause,
            "page_name": "insertion_clause",
            "declarations": clause.declaration_ids,
            "is_contractor": clause.partner_id == request.env.user.commercial_partner_id,
            "this_month": first_day(fields.Date.context_today(clause)),
        }
