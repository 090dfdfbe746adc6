"""Penalties at each step: one to reply to, one to decide on, one that finance takes on a bill. All is invented."""

from datetime import timedelta

from .running import on

DOCUMENT = "Le relevé d'heures signé du mois n'a pas été remis à la date prévue (exemple)."
MEETING = "Personne ne vous représentait à la réunion de suivi de la clause (exemple)."
REPLY = "Notre conducteur de travaux était en arrêt ; nous avions prévenu le facilitateur par téléphone (exemple)."
REASON = "L'absence à la réunion est établie ; il est tenu compte de votre information tardive (exemple)."


def create_penalties(region, clauses, today) -> None:
    """``clauses`` are those that run today, by their key."""
    late = {"date_due": today - timedelta(days=20), "date_done": today - timedelta(days=3)}
    _notify(region, clauses["paint"], "document", today - timedelta(days=2), DOCUMENT, **late)
    replied = _notify(region, clauses["boarding"], "meeting", today - timedelta(days=12), MEETING)
    _reply(region, replied, today - timedelta(days=4))
    decided = _notify(region, clauses["walls"], "meeting", today - timedelta(days=30), MEETING)
    _reply(region, decided, today - timedelta(days=22))
    with on(today - timedelta(days=9)):
        decided.action_reduce(REASON, decided.amount / 2)


def _notify(region, clause, failure, day, finding, **values):
    env = region.as_user("charge-mission")
    rule = clause.sudo().penalty_rule_ids.filtered(lambda rule: rule.failure == failure)
    with on(day):
        penalty = env["clause.insertion.penalty"].create(
            {"clause_id": clause.id, "rule_id": rule.id, "date_found": day, "finding": finding, **values}
        )
        penalty.action_notify()
    return penalty


def _reply(region, penalty, day):
    with on(day):
        penalty.with_env(region.as_user("entreprise")).action_reply(REPLY)
