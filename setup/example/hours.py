"""The hours of the past, as the files that a clause officer takes over from the years before this program."""

import base64
import csv
import io
from datetime import timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from .plan import SEED

HEADERS = ("titulaire", "clause", "participant", "mois", "heures", "nature", "validé le")
TRAINING = 0.06  # of the months; the others are work


def import_past(region, rows, clauses, people):
    """One file a year, checked and imported with the officer's rights."""
    for year in sorted({row.month.year for row in rows}):
        text = csv_of([row for row in rows if row.month.year == year], clauses, people)
        take_over(region, f"reprise-{year}.csv", text)


def csv_of(rows, clauses, people):
    """The file as text. It names companies, and people by their pseudonym alone."""
    rng = Random(SEED)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for number, row in enumerate(sorted(rows, key=lambda row: row.month)):
        lots = clauses[row.contract]
        clause = lots[number % len(lots)]
        writer.writerow(
            (
                clause.partner_id.name,
                clause.name,
                people[row.person].name,
                f"{row.month:%m/%Y}",
                f"{row.hours:g}".replace(".", ","),
                "formation" if rng.random() < TRAINING else "travail",
                f"{row.month + relativedelta(months=1) + timedelta(days=rng.randint(4, 19)):%d/%m/%Y}",
            )
        )
    return text.getvalue()


def take_over(region, filename, text):
    record = region.as_user("charge-mission")["clause.insertion.import"].create(
        {"kind": "taken_over", "filename": filename, "file": base64.b64encode(text.encode())}
    )
    record.action_check()
    record.action_import()
    if record.state != "done":
        raise ValueError(f"{filename}: {record.message} {record.error_ids.mapped('problem')}")
