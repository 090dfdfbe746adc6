from odoo import fields, models
from odoo.tools import format_date, formatLang


class ClauseInsertionDocumentMixin(models.AbstractModel):
    """What is read on screen, as a PDF and as a spreadsheet: one document, whose tables are made once."""

    _name = "clause.insertion.document.mixin"
    _description = "Document of tables"

    preview = fields.Html(compute="_compute_preview", sanitize=False)

    def _document(self):
        """The :class:`~...engine.table.Document`, in the user's words. Raises what the user may not ask for."""
        raise NotImplementedError

    def _mistake(self):
        """What is wrong with what was asked, said before any figure is computed; False if nothing is."""
        return False

    def _compute_preview(self):
        for record in self:
            record.preview = self.env["ir.qweb"]._render(
                "clause_insertion_report.clause_insertion_document_preview", record._preview_values()
            )

    def _preview_values(self):
        mistake = self._mistake()
        return {"mistake": mistake} if mistake else {"mistake": False, **self._document_values()}

    def _document_values(self):
        """For the templates of the screen and of the PDF."""
        document = self._document()
        return {"document": document, "write": lambda cell: self._write_cell(cell, document.hours_decimals)}

    def _write_cell(self, cell, hours_decimals=0):
        """A cell in the number format of the user's language."""
        if not cell.is_figure:
            return cell.value or ""
        if cell.kind == "percent":
            return self.env._("%(number)s %%", number=formatLang(self.env, cell.value * 100, digits=cell.decimals()))
        return formatLang(self.env, cell.value, digits=cell.decimals(hours_decimals))

    def _write_day(self, day):
        return format_date(self.env, day)

    # -- buttons -----------------------------------------------------------------------------------

    def action_download(self):
        return self._document_report("xlsx")

    def action_print(self):
        return self._document_report("pdf")

    def _document_report(self, kind):
        """The report of this kind of document has its model's name."""
        self.ensure_one()
        report = self.env.ref(f"clause_insertion_report.{self._name.replace('.', '_')}_{kind}")
        return report.report_action(self, config=False)
