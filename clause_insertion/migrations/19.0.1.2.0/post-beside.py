"""What other addons share with us is theirs again: timesheets of their portal users, and public holidays."""

RULE = (
    "[(1, '=', 1)] if not user.share else ['|', ('clause_insertion_id', '=', False), "
    "('insertion_declaration_id.partner_id', '=', user.commercial_partner_id.id)]"
)


def migrate(cr, version):
    """Where the rule still is what the first version made of it; the technical employee works at no hours."""
    cr.execute(
        """
        UPDATE ir_rule AS rule
           SET domain_force = %s
          FROM ir_model_data AS name
         WHERE name.module = 'clause_insertion'
           AND name.name = 'account_analytic_line_rule_insertion_share'
           AND name.model = 'ir.rule'
           AND name.res_id = rule.id
           AND rule.domain_force NOT LIKE '%%clause_insertion_id%%'
        """,
        [RULE],
    )
    cr.execute(
        """
        UPDATE hr_version AS version
           SET resource_calendar_id = NULL
          FROM res_company AS company
         WHERE version.employee_id = company.insertion_employee_id
        """
    )
    cr.execute(
        """
        UPDATE resource_resource AS resource
           SET calendar_id = NULL
          FROM hr_employee AS employee
          JOIN res_company AS company ON company.insertion_employee_id = employee.id
         WHERE employee.resource_id = resource.id
        """
    )
