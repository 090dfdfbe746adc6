from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..engine.files.cells import CellError, parse_month
from .portal_base import InsertionPortalBase


class InsertionDeclarationPortal(InsertionPortalBase):
    """The month: declared by the contractor on one page, answered by the relay."""

    @http.route(
        "/my/insertion-clauses/<int:clause_id>/declare", type="http", auth="user", methods=["POST"], website=True
    )
    def portal_insertion_declare(self, clause_id, month="", **_kw):
        """Open the month to declare; the page itself is read with GET, so that it can be reloaded."""
        clause = self._own("clause.insertion", clause_id)
        try:
            with request.env.cr.savepoint():
                declaration = request.env["clause.insertion.declaration"]._open_month(clause, parse_month(month))
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
            "can_validate": any(declarations.mapped("can_validate")),
            "done": request.session.pop("insertion_done", None),
            "page_name": "insertion_declaration",
        }
        return request.render("clause_insertion.portal_my_insertion_declarations", values)

    @http.route("/my/insertion-declarations/validate", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_validate_clean(self, **_kw):
        """The relay validates together the months that raise no warning; the others are looked at one by one."""
        declarations = request.env["clause.insertion.declaration"].search(self._to_handle(), limit=self._items_per_page)
        answer = declarations.filtered("can_validate").action_validate_clean()
        request.session["insertion_done"] = answer["params"]["message"]
        return request.redirect("/my/insertion-declarations")

    @http.route("/my/insertion-declarations/<int:declaration_id>", type="http", auth="user", website=True)
    def portal_insertion_declaration(self, declaration_id, **_kw):
        declaration = self._own("clause.insertion.declaration", declaration_id)
        return self._render_declaration(declaration)

    def _render_declaration(self, declaration, error=None, typed=None):
        values = self._prepare_portal_layout_values() | {
            "declaration": declaration,
            "page_name": "insertion_declaration",
            "rows": declaration._month_grid().rows,
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
                declaration._month_grid().save(self._typed_cells(cells))
                if submit:
                    declaration.action_submit()
        except UserError as error:
            return self._render_declaration(declaration, str(error), cells)
        return request.redirect(declaration.access_url)

    def _typed_cells(self, cells):
        """``{"work_12": "7,5"}`` as ``{("12", "work"): "7,5"}``; what is no cell of the page is not looked at."""
        return {tuple(reversed(name.split("_", 1))): text for name, text in cells.items() if "_" in name}

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
        return self._run_action(declaration, self._answer, declaration, answer, reason.strip(), line_id)

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
