from odoo import http
from odoo.http import request

from .portal_base import InsertionPortalBase


class InsertionCertificatePortal(InsertionPortalBase):
    """The certificate: downloaded by those who see the clause, checked by anyone who has its code."""

    @http.route(
        ["/insertion/certificate", "/insertion/certificate/<string:typed>"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
        readonly=True,
    )
    def insertion_certificate(self, typed="", code="", **_kw):
        """The answer is the same page for every code that is not one: nothing can be learnt by trying."""
        typed = (typed or code).strip()
        values = {
            **self._page_language(),
            "typed": typed[:40],
            "certificate": request.env["clause.insertion.certificate"]._public_answer(typed),
            "page_name": "insertion_certificate",
        }
        response = request.render("clause_insertion.portal_insertion_certificate", values)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"  # the address carries the code
        return response

    @http.route(
        "/my/insertion-clauses/<int:clause_id>/certificate", type="http", auth="user", methods=["GET"], website=True
    )
    def portal_insertion_certificate_pdf(self, clause_id, **_kw):
        certificate = self._own("clause.insertion", clause_id).certificate_id
        if not certificate.is_sealed:  # none that is valid, or nothing that can be vouched for
            raise request.not_found()
        report = "clause_insertion.clause_insertion_certificate_report"
        return self._show_report(certificate, "pdf", report, download=True)
