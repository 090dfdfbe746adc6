"""The certificate's part of the clause's form, as the version before wrote it, names fields that are gone.

It is emptied, so that it cannot stop the update of the form that it extends; it gets its new text a moment later.
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE ir_ui_view AS view
           SET arch_db = jsonb_build_object('en_US', '<data/>'), arch_prev = NULL
          FROM ir_model_data AS known
         WHERE known.model = 'ir.ui.view' AND known.res_id = view.id AND NOT known.noupdate
           AND known.module = 'clause_insertion' AND known.name = 'clause_insertion_view_form_certificate'
        """
    )
