from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..engine.files.cells import CellError, parse_month
from ..engine.months import previous_month
from ..models.hours_import.clause_insertion_import import MOST_PORTAL_BYTES
from ..tools.base.days import region_today
from ..tools.hours_import.hours_template import hours_template
from ..tools.hours_import.month_summary import month_summary
from .portal_base import InsertionPortalBase

FILES = "/my/insertion-hours-files"


class InsertionHoursFilePortal(InsertionPortalBase):
    """Hours by file: a template to fill in, the file sent and checked row by row, brought in with one click."""

    def _contractor_clauses(self):
        """The user's own clauses as a contractor; who has none finds no page."""
        partner = request.env.user.commercial_partner_id
        clauses = request.env["clause.insertion"].search([("partner_id", "=", partner.id)])
        if not clauses:
            raise NotFound()
        return clauses

    @http.route(FILES, type="http", auth="user", methods=["GET", "POST"], website=True)
    def portal_insertion_hours_files(self, **_typed):
        """The form with GET; with POST, the file's report, or the form again with what is wrong."""
        self._contractor_clauses()
        error = request.session.pop("insertion_error", None)
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    return request.redirect(self._sent_file().access_url)
            except UserError as refused:
                error = str(refused)
        today = region_today(request.env.user)
        values = self._prepare_portal_layout_values() | {
            "page_name": "insertion_hours_file",
            "error": error,
            "files": request.env["clause.insertion.import"].search([], limit=self._items_per_page),
            "last_month": previous_month(today),
            "this_month": today,
        }
        return request.render("clause_insertion.portal_my_insertion_hours_files", values)

    def _sent_file(self):
        file = request.httprequest.files.get("hours")
        content = file.read(MOST_PORTAL_BYTES + 1) if file else b""  # no more than what shows that it is too large
        return request.env["clause.insertion.import"]._create_from_portal(file.filename or "" if file else "", content)

    @http.route(f"{FILES}/model", type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_hours_template(self, month="", **_kw):
        clauses = self._contractor_clauses().filtered(lambda clause: clause.state == "running")
        try:
            first = parse_month(month)
        except CellError:
            request.session["insertion_error"] = request.env._("Choose a month, such as 2026-09.")
            return request.redirect(FILES)
        content = hours_template(clauses, first)
        name = request.env._("hours-to-fill-in-%(month)s.csv", month=f"{first:%Y-%m}")
        headers = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": content_disposition(name)}
        return request.make_response(content, headers)

    @http.route(f"{FILES}/<int:file_id>", type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_hours_file(self, file_id, **_kw):
        file = self._own("clause.insertion.import", file_id)
        values = self._prepare_portal_layout_values() | {
            "page_name": "insertion_hours_file",
            "file": file,
            "error": request.session.pop("insertion_error", None),
            "months": month_summary(file) if file.state == "checked" else (),
            "declarations": file._declarations() if file.state == "done" else (),
        }
        return request.render("clause_insertion.portal_insertion_hours_file", values)

    @http.route(f"{FILES}/<int:file_id>/import", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_hours_file_import(self, file_id, **_kw):
        file = self._own("clause.insertion.import", file_id)
        return self._run_action(file, file.action_import)
