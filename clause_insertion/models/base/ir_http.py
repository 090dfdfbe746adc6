from http import HTTPStatus

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.http import request
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

# Pages and documents of ours may name people: a browser on a shared computer keeps none of them. Nor does it keep a
# certificate, which is valid today and may be withdrawn tomorrow.
PATHS_NOT_KEPT = (
    "/my/insertion",
    "/insertion/certificate",
    "/report/pdf/clause_insertion",
    "/report/html/clause_insertion",
    "/report/download",
)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        """Odoo has tried five times, and would show what PostgreSQL says, in English."""
        if isinstance(exception, (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)):
            exception = UserError(
                request.env._(
                    "Somebody else is changing the same data at this moment, so that nothing of yours was written. "
                    "Try again in a minute."
                )
            )
            exception.http_status = HTTPStatus.CONFLICT
        return super()._handle_error(exception)

    @classmethod
    def _post_dispatch(cls, response):
        result = super()._post_dispatch(response)
        if request.httprequest.path.startswith(PATHS_NOT_KEPT):
            response.headers["Cache-Control"] = "no-store"
        return result
