"""Publications of the same statement have a number, in the order in which they were published."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE clause_insertion_publication AS publication
           SET number = numbered.number
          FROM (
              SELECT id, ROW_NUMBER() OVER (
                         PARTITION BY company_id, year, scope,
                                      COALESCE(facilitator_id, convention_id, partner_id, department_id, 0)
                         ORDER BY published_on, id
                     ) AS number
                FROM clause_insertion_publication
          ) AS numbered
         WHERE numbered.id = publication.id AND publication.number IS NULL
        """
    )
