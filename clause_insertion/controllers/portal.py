from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..engine.hour_cells import CellError, parse_month
from ..engine.months import first_day


class InsertionPortal(CustomerPortal):
    """The desk of contractors and relays. Records are read with the user's own rights: the rules decide."""

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

    def _to_handle(self):
        """Declarations that wait for the user: to validate as a relay, to correct as a contractor."""
        partner = request.env.user.commercial_partner_id
        return [
            "|",
            "&",
            ("state", "=", "submitted"),
            ("facilitator_id", "=", partner.id),
            "&",
            ("state", "in", ("draft", "refused")),
            ("partner_id", "=", partner.id),
        ]

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
        values = self._prepare_portal_layout_values() | {
            "clause": clause,
            "page_name": "insertion_clause",
            "declarations": clause.declaration_ids,
            "is_contractor": clause.partner_id == request.env.user.commercial_partner_id,
            "this_month": first_day(fields.Date.context_today(clause)),
        }
        return request.render("clause_insertion.portal_insertion_clause", values)

    @http.route(
        "/my/insertion-clauses/<int:clause_id>/declare", type="http", auth="user", methods=["POST"], website=True
    )
    def portal_insertion_declare(self, clause_id, month="", **_kw):
        """Open the month to declare; the page itself is read with GET, so that it can be reloaded."""
        clause = self._own("clause.insertion", clause_id)
        try:
            with request.env.cr.savepoint():
                declaration = request.env["clause.insertion.declaration"]._open(clause, parse_month(month))
        except CellError:
            return self._redirect(clause, request.env._("Choose a month, such as 2026-09."))
        except UserError as error:
            return self._redirect(clause, str(error))
        return request.redirect(declaration.access_url)

    @http.route(["/my/insertion-declarations"], type="http", auth="user", website=True)
    def portal_insertion_declarations(self, **_kw):
        declarations = request.env["clause.insertion.declaration"].search(self._to_handle(), limit=self._items_per_page)
        values = self._prepare_portal_layout_values() | {
            "declarations": declarations,
            "page_name": "insertion_declaration",
        }
        return request.render("clause_insertion.portal_my_insertion_declarations", values)

    @http.route("/my/insertion-declarations/<int:declaration_id>", type="http", auth="user", website=True)
    def portal_insertion_declaration(self, declaration_id, **_kw):
        declaration = self._own("clause.insertion.declaration", declaration_id)
        return self._render_declaration(declaration)

    def _render_declaration(self, declaration, error=None, typed=None):
        values = self._prepare_portal_layout_values() | {
            "declaration": declaration,
            "page_name": "insertion_declaration",
            "rows": declaration._sheet(),
            "is_contractor": declaration.partner_id == request.env.user.commercial_partner_id,
            "error": error or request.session.pop("insertion_error", None),
            "typed": typed or {},
        }
        return request.render("clause_insertion.portal_insertion_declaration", values)

    @http.route(
        "/my/insertion-declarations/<int:declaration_id>/save", type="http", auth="user", methods=["POST"], website=True
    )
    def portal_insertion_save(self, declaration_id, submit="", **cells):
        """Save the contractor's month as a draft, and submit it if asked; typed values survive an error."""
        declaration = self._own("clause.insertion.declaration", declaration_id)
        try:
            with request.env.cr.savepoint():
                declaration._save_sheet(self._typed_cells(cells))
                if submit:
                    declaration.action_submit()
        except UserError as error:
            return self._render_declaration(declaration, str(error), cells)
        return request.redirect(declaration.access_url)

    def _typed_cells(self, cells):
        """``{"work_12": "7,5"}`` as ``{(12, "work"): "7,5"}``; anything else is not ours."""
        typed = {}
        for name, text in cells.items():
            kind, _separator, employment_id = name.partition("_")
            if employment_id.isascii() and employment_id.isdigit() and len(employment_id) < 10:
                typed[int(employment_id), kind] = text
        return typed

    @http.route(
        "/my/insertion-declarations/<int:declaration_id>/answer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_insertion_answer(self, declaration_id, answer="", reason="", line_id="", **_kw):
        """The relay validates the month, or refuses it or one of its lines with a reason."""
        declaration = self._own("clause.insertion.declaration", declaration_id)
        try:
            with request.env.cr.savepoint():
                self._answer(declaration, answer, reason.strip(), line_id)
        except UserError as error:
            return self._redirect(declaration, str(error))
        return request.redirect(declaration.access_url)

    def _answer(self, declaration, answer, reason, line_id):
        if answer == "validate":
            return declaration.action_validate()
        if not reason:
            raise UserError(request.env._("Say why these hours are refused: the contractor will read it."))
        if not line_id:
            return declaration.action_refuse(reason)
        line = declaration.line_ids.filtered(lambda line: str(line.id) == line_id)
        if not line:
            raise UserError(request.env._("These hours are not in this declaration."))
        return line.action_refuse(reason)

    def _own(self, model, record_id):
        """The record, with the user's rights; not found and not allowed look the same."""
        record = request.env[model].browse(record_id)
        try:
            if record.exists() and record.has_access("read"):
                return record
        except (AccessError, MissingError):
            pass
        raise NotFound()

    def _redirect(self, record, error):
        request.session["insertion_error"] = error
        return request.redirect(record.access_url)
