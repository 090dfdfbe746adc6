"""Before each new version: what extends a view is checked before it is itself replaced.

While Odoo updates a view, it applies to it what extends it in the database, as the version before wrote it; an element
that is no longer there stops the update. Views of ours that extend another are emptied first: each gets its new text
a moment later. Those that a Region has set aside (noupdate) stay as they are.
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
           AND known.module IN ('clause_insertion', 'clause_insertion_report')
           AND view.inherit_id IS NOT NULL
        """
    )
