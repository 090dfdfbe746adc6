"""The project that carries a company's hours is no longer open to every employee."""


def migrate(cr, version):
    """Where it still is what the first version made of it: a Region that chose another visibility keeps it."""
    cr.execute(
        """
        UPDATE project_project AS project
           SET privacy_visibility = 'followers'
          FROM res_company AS company
         WHERE company.insertion_project_id = project.id
           AND project.privacy_visibility = 'employees'
        """
    )
