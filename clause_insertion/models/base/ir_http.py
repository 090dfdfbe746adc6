from odoo import models
from odoo.http import request

# Pages and documents of ours may name people: a browser on a shared computer keeps none of them.
PERSONAL_PATHS = ("/my/insertion", "/report/pdf/clause_insertion", "/report/html/clause_insertion", "/report/download")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        if request.httprequest.path.startswith(PERSONAL_PATHS):
            response.headers["Cache-Control"] = "no-store"
        return result
