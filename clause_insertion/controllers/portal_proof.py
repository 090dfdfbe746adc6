from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..engine.proof_files import MOST_BYTES
from .portal_base import InsertionPortalBase


class InsertionProofPortal(InsertionPortalBase):
    """What the contractor adds to its months in one click: the month without hours, the files that prove the others."""

    @http.route("/my/insertion-clauses/<int:clause_id>/nil", type="http", auth="user", methods=["POST"], website=True)
    def portal_insertion_nil(self, clause_id, **_kw):
        clause = self._own("clause.insertion", clause_id)
        try:
            with request.env.cr.savepoint():
                declaration = clause._declare_nil()
        except UserError as error:
            return self._redirect(clause, str(error))
        return request.redirect(declaration.access_url)

    @http.route(
        "/my/insertion-declarations/<int:declaration_id>/proofs",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_insertion_proofs(self, declaration_id, **_kw):
        """Attach the files sent; none is when one of them is refused."""
        declaration = self._own("clause.insertion.declaration", declaration_id)
        return self._run_action(declaration, self._attach, declaration)

    def _attach(self, declaration):
        for file in request.httprequest.files.getlist("proof"):
            declaration._add_proof(file.filename or "", file.read(MOST_BYTES + 1))

    @http.route(
        "/my/insertion-declarations/<int:declaration_id>/proofs/<int:proof_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_insertion_proof(self, declaration_id, proof_id, **_kw):
        declaration = self._own("clause.insertion.declaration", declaration_id)
        proof = declaration._proofs().filtered(lambda proof: proof.id == proof_id)
        if not proof:
            raise request.not_found()
        return request.env["ir.binary"]._get_stream_from(proof).get_response(as_attachment=True)

    @http.route(
        "/my/insertion-declarations/<int:declaration_id>/proofs/<int:proof_id>/remove",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_insertion_proof_remove(self, declaration_id, proof_id, **_kw):
        declaration = self._own("clause.insertion.declaration", declaration_id)
        return self._run_action(declaration, declaration._remove_proof, proof_id)
