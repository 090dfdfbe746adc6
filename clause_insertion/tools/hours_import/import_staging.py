import io

from odoo.tools import SQL

from ...engine.files.table import Problem

COLUMNS = ("row", "clause", "person", "employment", "day", "is_monthly", "kind", "hours", "validated_on")
SAME_HOUR = "clause, person, day, is_monthly, kind, hours"


class ImportStaging:
    """The rows of one file in a table of the transaction: PostgreSQL compares them, the memory stays flat."""

    def __init__(self, env):
        self.env = env

    def fill(self, hours):
        """One COPY, whatever the number of ``MatchedHour``."""
        self._begin()
        self.env.cr.copy_from(_Lines(hours), "clause_insertion_import_row", columns=COLUMNS)
        self.env.cr.execute("ANALYZE clause_insertion_import_row")

    def _begin(self):
        cr = self.env.cr
        cr.execute("DROP TABLE IF EXISTS clause_insertion_import_row")
        cr.execute(
            """
            CREATE TEMPORARY TABLE clause_insertion_import_row (
                row integer, clause integer, person integer, employment integer, day date, is_monthly boolean,
                kind text, hours double precision, validated_on date, is_present boolean DEFAULT FALSE
            ) ON COMMIT DROP
            """
        )

    # -- kept between two transactions -------------------------------------------------------------

    def keep(self, import_id):
        """Beyond the transaction, for whoever writes them."""
        self.forget(import_id)
        query = (
            "INSERT INTO clause_insertion_import_staged (import_id, %s) SELECT %s, %s FROM clause_insertion_import_row"
        )
        columns = SQL(", ".join(COLUMNS))
        self.env.cr.execute(SQL(query, columns, import_id, columns))

    def has_kept(self, import_id):
        query = "SELECT 1 FROM clause_insertion_import_staged WHERE import_id = %s LIMIT 1"
        return bool(self.env.execute_query(SQL(query, import_id)))

    def take_back(self, import_id):
        """The rows as they were kept; what other imports have written since is marked."""
        self._begin()
        query = "INSERT INTO clause_insertion_import_row (%s) SELECT %s FROM clause_insertion_import_staged"
        columns = SQL(", ".join(COLUMNS))
        self.env.cr.execute(SQL(f"{query} WHERE import_id = %s", columns, columns, import_id))
        self.env.cr.execute("ANALYZE clause_insertion_import_row")
        self.mark_present()

    def forget(self, import_id):
        self.env.cr.execute(SQL("DELETE FROM clause_insertion_import_staged WHERE import_id = %s", import_id))

    def months_of_clauses(self):
        """``[(clause id, first day of a month)]`` of the rows that are not there yet."""
        query = "SELECT DISTINCT clause, date_trunc('month', day)::date FROM clause_insertion_import_row"
        return self.env.execute_query(SQL(f"{query} WHERE NOT is_present"))

    # -- compared ------------------------------------------------------------------------------------

    def duplicates(self, limit):
        """Rows that say again what an earlier row says."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT row, first FROM (
                    SELECT row, MIN(row) OVER (PARTITION BY %s) AS first FROM clause_insertion_import_row
                ) AS numbered WHERE row > first ORDER BY row LIMIT %s
                """,
                SQL(SAME_HOUR),
                limit,
            )
        )
        return [Problem(row, "", "", "duplicate", {"first": first}) for row, first in found]

    def mark_present(self):
        """Rows whose hour is in the database through an import. A month is the same month, whatever its day."""
        self.env["account.analytic.line"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE clause_insertion_import_row AS staged SET is_present = TRUE
                  FROM account_analytic_line AS line
                 WHERE line.clause_insertion_id = staged.clause
                   AND line.insertion_participant_id = staged.person
                   AND line.insertion_import_id IS NOT NULL
                   AND line.insertion_kind = staged.kind
                   AND line.unit_amount = staged.hours
                   AND COALESCE(line.insertion_is_monthly, FALSE) = staged.is_monthly
                   AND CASE WHEN staged.is_monthly
                            THEN date_trunc('month', line.date) = date_trunc('month', staged.day)
                            ELSE line.date = staged.day END
                """
            )
        )

    def totals(self):
        query = SQL(
            """
            SELECT COUNT(*) AS row_count, COALESCE(SUM(hours), 0) AS hours,
                   COUNT(*) FILTER (WHERE is_present) AS present_count
              FROM clause_insertion_import_row
            """
        )
        return self.env.execute_query_dict(query)[0]

    def months(self):
        """Rows, people and hours that are not there yet, by clause and month."""
        query = SQL(
            """
            SELECT clause, to_char(day, 'YYYY-MM-01') AS month, COUNT(*) AS rows,
                   COUNT(DISTINCT person) AS people, SUM(hours) AS hours
              FROM clause_insertion_import_row WHERE NOT is_present GROUP BY 1, 2 ORDER BY 1, 2
            """
        )
        return self.env.execute_query_dict(query)

    def batches(self, size):
        """What is not there yet, clause by clause and month by month, with the month's sum and last validation."""
        self.env.cr.execute(
            SQL(
                """
                DECLARE clause_insertion_import_rows CURSOR FOR
                SELECT clause, date_trunc('month', day)::date AS month, day, person, employment, is_monthly, kind,
                       hours, validated_on, SUM(hours) OVER whole AS month_hours,
                       MAX(validated_on) OVER whole AS month_validated_on
                  FROM clause_insertion_import_row WHERE NOT is_present
                WINDOW whole AS (PARTITION BY clause, date_trunc('month', day))
                 ORDER BY clause, day, row
                """
            )
        )
        while batch := self.env.execute_query_dict(SQL("FETCH %s FROM clause_insertion_import_rows", size)):
            yield batch
        self.env.cr.execute("CLOSE clause_insertion_import_rows")


class _Lines(io.RawIOBase):
    """A file that COPY reads, made of ``MatchedHour`` as they come."""

    def __init__(self, hours):
        self.texts = map(self._text, hours)

    @staticmethod
    def _text(hour):
        return (
            f"{hour.number}\t{hour.clause}\t{hour.person}\t{hour.employment or chr(92) + 'N'}\t{hour.day}\t"
            f"{hour.is_monthly}\t{hour.kind}\t{hour.hours!r}\t{hour.validated_on or chr(92) + 'N'}\n"
        )

    def read(self, size=-1):  # pylint: disable=method-required-super
        text, length = [], 0
        for line in self.texts:
            text.append(line)
            length += len(line)
            if 0 < size <= length + 200:
                break
        return "".join(text)
