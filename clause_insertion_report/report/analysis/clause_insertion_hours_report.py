from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.clause_insertion.engine.eligibility import AGE_BANDS
from odoo.addons.clause_insertion.models.people.res_partner import SENSITIVE_PRESCRIBERS
from odoo.addons.clause_insertion.tools.base.days import sql_day, sql_zone

from .columns import READERS, choices_of
from .past import at, join_past

_lt = LazyTranslate(__name__)
HOUR_SUMS = ("hours:sum", "hours_declared:sum", "hours_validated:sum")


class ClauseInsertionHoursReport(models.Model):
    """One row per insertion hour line, with what its clause, person and work contract say of it."""

    _name = "clause.insertion.hours.report"
    _description = "Hours analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "contract_name"

    date = fields.Date("Day of work", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    clause_id = fields.Many2one("clause.insertion", readonly=True)
    contract_name = fields.Char("Contract", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contractor", readonly=True)
    facilitator_id = fields.Many2one("res.partner", "Relay", readonly=True, falsy_value_label=_lt("Without a relay"))
    territory_id = fields.Many2one("clause.insertion.territory", readonly=True, falsy_value_label=_lt("Not stated"))
    department_id = fields.Many2one("clause.insertion.territory", readonly=True, falsy_value_label=_lt("Not stated"))
    region_id = fields.Many2one("clause.insertion.territory", readonly=True, falsy_value_label=_lt("Not stated"))
    lever = fields.Selection(choices_of("clause.insertion", "lever"), readonly=True)
    trade_id = fields.Many2one("clause.insertion.trade", readonly=True, falsy_value_label=_lt("Not stated"))
    job_family = fields.Selection(choices_of("clause.insertion.trade", "job_family"), readonly=True)
    convention_id = fields.Many2one("clause.insertion.convention", readonly=True)
    buyer_department_id = fields.Many2one("hr.department", "Buyer's department", readonly=True)
    contract_amount = fields.Float("Amount of the contract", readonly=True, aggregator=None)
    participant_id = fields.Many2one("clause.insertion.participant", "Person", readonly=True)
    gender = fields.Selection(choices_of("clause.insertion.participant", "gender"), readonly=True)
    age_band = fields.Selection(
        [("under_26", "Under 26"), ("26_49", "26 to 49"), ("50_plus", "50 and over"), ("unknown", "Not stated")],
        "Age",
        readonly=True,
        help="Age reached in the year of work.",
    )
    # A relay reads of another relay's people, under its own clauses, no more than these analyses always told.
    education_level = fields.Selection(
        choices_of("clause.insertion.participant", "education_level"), readonly=True, groups=READERS
    )
    exit_kind = fields.Selection(choices_of("clause.insertion.participant", "exit_kind"), readonly=True, groups=READERS)
    employment_id = fields.Many2one("clause.insertion.employment", "Work contract", readonly=True)
    employer_id = fields.Many2one("res.partner", readonly=True)
    execution_mode = fields.Selection(
        choices_of("clause.insertion.employment", "execution_mode"), "Way of hiring", readonly=True
    )
    contract_type = fields.Selection(
        choices_of("clause.insertion.employment", "contract_type"), "Type of work contract", readonly=True
    )
    kind = fields.Selection(choices_of("account.analytic.line", "insertion_kind"), "Kind of hours", readonly=True)
    state = fields.Selection(choices_of("account.analytic.line", "insertion_state"), "Validation", readonly=True)
    # Days where the Region is, whatever the reader's clock.
    declared_on = fields.Date("Declared on", readonly=True)
    validated_on = fields.Date("Validated on", readonly=True)
    recorded_on = fields.Date(
        "Recorded on", readonly=True, help="Figures as of an earlier day are without these hours."
    )
    hours = fields.Float(readonly=True)
    hours_declared = fields.Float("Hours declared", readonly=True, help="Submitted, validated or refused.")
    hours_validated = fields.Float("Hours validated", readonly=True)
    full_time_equivalents = fields.Float(
        "Full-time equivalents", readonly=True, help="Hours validated, over the hours of a full-time job in a year."
    )
    # Keys that only make sense counted: empty where no hour stands, so that what was reversed does not count.
    people = fields.Integer(
        "People (sub-totals do not add up)",
        readonly=True,
        aggregator="count_distinct",
        help="Different people with validated hours. A person counts once in each group, and once in the total.",
    )
    contracts = fields.Integer(
        "Contracts (sub-totals do not add up)",
        readonly=True,
        aggregator="count_distinct",
        help="Different purchase contracts with validated hours. A contract counts once in each group.",
    )

    # All that the query reads: written to the database before it runs.
    _depends = {
        "account.analytic.line": [
            "clause_insertion_id",
            "company_id",
            "date",
            "insertion_declared_on",
            "insertion_employment_id",
            "insertion_kind",
            "insertion_participant_id",
            "insertion_recorded_on",
            "insertion_reversal_of_id",
            "insertion_reverses_all",
            "insertion_state",
            "insertion_validated_on",
            "unit_amount",
        ],
        "clause.insertion": [
            "buyer_department_id",
            "contract_amount",
            "contract_name",
            "convention_id",
            "facilitator_id",
            "lever",
            "partner_id",
            "purchase_order_id",
            "requisition_id",
            "territory_id",
            "trade_id",
        ],
        "clause.insertion.act": [
            "clause_id",
            "date",
            "declared_on",
            "employment_id",
            "facilitator_id",
            "hours",
            "insertion_kind",
            "kind",
            "recorded_on",
        ],
        "clause.insertion.employment": ["contract_type", "employer_id", "execution_mode"],
        "clause.insertion.participant": [
            "birth_year",
            "education_level",
            "exit_kind",
            "gender",
            "prescriber_id",
            "prescriber_kind",
        ],
        "clause.insertion.territory": ["kind", "parent_id"],
        "clause.insertion.trade": ["job_family"],
        "res.partner": ["insertion_prescriber_kind"],
    }

    def _as_of(self, until) -> SQL:
        """The same rows as they were before that moment (UTC): with hours since corrected, and the relay of the time.

        A table for the queries of statements alone: the rules of readers are about the rows of today.
        """
        for model, names in self._depends.items():
            self.env[model].flush_model(names)
        return SQL("(%s)", self._rows(until))

    @property
    def _table_query(self) -> SQL:
        return self._rows()

    def _rows(self, until=None) -> SQL:
        return SQL("%s %s %s", self._select(until), self._from(until), self._where())

    def _select(self, until) -> SQL:
        stands, zone = self._stands(), sql_zone(self.env, SQL("line.company_id"))
        return SQL(
            """
            SELECT line.id,
                   line.date,
                   line.company_id,
                   line.clause_insertion_id AS clause_id,
                   clause.contract_name,
                   clause.partner_id,
                   %(relay)s AS facilitator_id,
                   clause.territory_id,
                   around.department_id,
                   around.region_id,
                   clause.lever,
                   clause.trade_id,
                   trade.job_family,
                   clause.convention_id,
                   clause.buyer_department_id,
                   clause.contract_amount,
                   line.insertion_participant_id AS participant_id,
                   COALESCE(participant.gender, 'other') AS gender,
                   %(age_band)s AS age_band,
                   participant.education_level,
                   %(prescriber_kind)s AS prescriber_kind,
                   participant.exit_kind,
                   line.insertion_employment_id AS employment_id,
                   employment.employer_id,
                   employment.execution_mode,
                   employment.contract_type,
                   line.insertion_kind AS kind,
                   line.insertion_state AS state,
                   line.insertion_declared_on AS declared_at,
                   line.insertion_recorded_on AS recorded_at,
                   %(declared_on)s AS declared_on,
                   %(validated_on)s AS validated_on,
                   %(recorded_on)s AS recorded_on,
                   %(contract)s AS contract_id,
                   line.unit_amount AS hours,
                   CASE WHEN line.insertion_state <> 'draft' THEN line.unit_amount ELSE 0 END AS hours_declared,
                   CASE WHEN line.insertion_state = 'validated' THEN line.unit_amount ELSE 0 END AS hours_validated,
                   CASE WHEN line.insertion_state = 'validated' THEN line.unit_amount / %(fte_base)s ELSE 0 END
                       AS full_time_equivalents,
                   CASE WHEN %(stands)s THEN line.insertion_participant_id END AS people,
                   CASE WHEN %(stands)s THEN %(contract)s END AS contracts
            """,
            age_band=self._age_band(),
            prescriber_kind=self._prescriber_kind(),
            relay=at(until, "facilitator_id"),
            declared_on=sql_day(SQL("line.insertion_declared_on"), zone),
            validated_on=sql_day(SQL("line.insertion_validated_on"), zone),
            recorded_on=sql_day(SQL("line.insertion_recorded_on"), zone),
            fte_base=self._fte_base(),
            stands=stands,
            contract=self._contract(),
        )

    def _read_group_select(self, aggregate_spec, query):
        """Hours are hundredths: their sum is one, whatever the order in which PostgreSQL adds them up."""
        sql = super()._read_group_select(aggregate_spec, query)
        return SQL("ROUND((%s)::numeric, 2)", sql) if aggregate_spec in HOUR_SUMS else sql

    def _fte_base(self) -> SQL:
        """Hours of a full-time equivalent on the last day of the year of work, as in the yearly statement."""
        dated = [
            (company_id, date_from, value)
            for (code, company_id), values in self.env["clause.insertion.parameter"]._dated_values().items()
            for date_from, value in values
            if code == "fte_base" and value
        ]
        # A company's own values first, then those of all; the last one of each in force.
        dated.sort(key=lambda value: (bool(value[0]), value[1]), reverse=True)
        cases = [
            SQL(
                "WHEN %s IN (line.company_id, 0) AND EXTRACT(YEAR FROM line.date) >= %s THEN %s::float8",
                company_id or 0,
                date_from.year,
                value,
            )
            for company_id, date_from, value in dated
        ]
        return SQL("(CASE %s END)", SQL(" ").join(cases)) if cases else SQL("NULL::float8")

    def _age_band(self) -> SQL:
        """``engine.eligibility.age_band`` for the year of work."""
        age = SQL("EXTRACT(YEAR FROM line.date) - participant.birth_year")
        bands = SQL(" ").join(SQL("WHEN %s < %s THEN %s", age, limit, band) for limit, band in AGE_BANDS)
        return SQL("CASE WHEN COALESCE(participant.birth_year, 0) = 0 THEN 'unknown' %s ELSE '50_plus' END", bands)

    def _prescriber_kind(self) -> SQL:
        """A column without a field: who sent a person is its relay's to know, and the yearly statements count it.

        Some kinds say too much of whom they send: they are "other" there. Of people anonymised, the kind is kept.
        """
        return SQL(
            "CASE WHEN prescriber.insertion_prescriber_kind IN %s THEN 'OTHER'"
            " ELSE COALESCE(prescriber.insertion_prescriber_kind, participant.prescriber_kind) END",
            tuple(SENSITIVE_PRESCRIBERS),
        )

    def _lines(self, until) -> SQL:
        """The hours; as of a moment, also those that stood as declared then, and were corrected since."""
        if not until:
            return SQL("account_analytic_line")
        return SQL(
            """
            (SELECT id, date, company_id, clause_insertion_id, insertion_participant_id, insertion_employment_id,
                    insertion_kind, insertion_state, insertion_declared_on, insertion_recorded_on,
                    insertion_validated_on, insertion_reversal_of_id, unit_amount
               FROM account_analytic_line
              UNION ALL
             SELECT -id, date, company_id, clause_id, NULL, employment_id,
                    insertion_kind, 'refused', declared_on, NULL,
                    NULL, NULL, hours
               FROM clause_insertion_act
              WHERE kind = 'hours' AND recorded_on >= %s)
            """,
            until,
        )

    def _stands(self) -> SQL:
        """Validated, and not taken back since."""
        return SQL(
            "line.insertion_state = 'validated' AND line.insertion_reversal_of_id IS NULL AND taken_back.id IS NULL"
        )

    def _contract(self) -> SQL:
        """A number of its own for each purchase contract: orders above zero, agreements below."""
        return SQL("COALESCE(clause.purchase_order_id, -clause.requisition_id)")

    def _from(self, until) -> SQL:
        """Each join finds one row at most. Left joins: PostgreSQL leaves out those that a figure does not need."""
        return SQL(
            """
            FROM %(lines)s line
            LEFT JOIN clause_insertion clause ON clause.id = line.clause_insertion_id
            %(past)s
            LEFT JOIN clause_insertion_participant participant ON participant.id = line.insertion_participant_id
            LEFT JOIN clause_insertion_employment employment ON employment.id = line.insertion_employment_id
            LEFT JOIN clause_insertion_trade trade ON trade.id = clause.trade_id
            LEFT JOIN res_partner prescriber ON prescriber.id = participant.prescriber_id
            LEFT JOIN (%(territories)s) around ON around.id = clause.territory_id
            LEFT JOIN (%(taken_back)s) taken_back ON taken_back.id = line.id
            """,
            lines=self._lines(until),
            past=join_past(until),
            territories=self._territories(),
            taken_back=self._taken_back(),
        )

    def _territories(self) -> SQL:
        """The department and the region that each territory lies in, or is."""
        return SQL(
            """
            SELECT place.id,
                   MIN(step.id) FILTER (WHERE step.kind = 'department') AS department_id,
                   MIN(step.id) FILTER (WHERE step.kind = 'region') AS region_id
              FROM clause_insertion_territory place
              JOIN clause_insertion_territory step
                ON step.id = ANY (string_to_array(RTRIM(place.parent_path, '/'), '/')::int[])
             GROUP BY place.id
            """
        )

    def _taken_back(self) -> SQL:
        """The lines of which nothing is left; DISTINCT tells PostgreSQL that each is there once."""
        return SQL(
            """
            SELECT DISTINCT insertion_reversal_of_id AS id
              FROM account_analytic_line
             WHERE insertion_reversal_of_id IS NOT NULL AND insertion_reverses_all
            """
        )

    def _where(self) -> SQL:
        return SQL("WHERE line.clause_insertion_id IS NOT NULL")

    def action_open_clause(self):
        self.ensure_one()
        return self.clause_id._get_records_action()
