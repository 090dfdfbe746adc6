from odoo import api, http
from odoo.http import content_disposition, request


class OpenDataController(http.Controller):
    """The open data file, sent as it is made: it is never whole in memory."""

    @http.route("/clause_insertion/open_data/<int:wizard_id>", type="http", auth="user", methods=["GET"], readonly=True)
    def download(self, wizard_id, **_kwargs):
        wizard = request.env["clause.insertion.open.data"].browse(wizard_id)
        wizard._check_may_export()
        headers = [
            ("Content-Type", "application/json; charset=utf-8"),
            ("Content-Disposition", content_disposition(wizard._file_name())),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(_chunks(request.env, wizard_id), headers)


def _chunks(env, wizard_id):
    """The file by pieces, on a cursor of its own: the request's is closed before the first piece is sent."""
    registry, uid, context = env.registry, env.uid, env.context
    with registry.cursor(readonly=True) as cr:
        wizard = api.Environment(cr, uid, context)["clause.insertion.open.data"].browse(wizard_id)
        for chunk in wizard._stream():
            yield chunk.encode()
