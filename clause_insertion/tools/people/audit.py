"""The OCA's ``auditlog``, on which nothing depends: where a rule of it copies what is known of people, it is said."""

from ..base.days import region_today

ACTIVITY = "mail.mail_activity_data_warning"
PERSON = "clause.insertion.participant"


def audited(env):
    """The labels of the models about people that a rule in force copies to the logs, values included."""
    if "auditlog.rule" not in env:
        return []
    # sudo: which models are watched is told to the Region's officers, and nothing of what the logs hold
    rules = env["auditlog.rule"].sudo().search([("state", "=", "subscribed")])
    return sorted({model.name for model in rules.model_id if _is_about_people(env, model.model)})


def _is_about_people(env, name):
    """Ours, and the person itself or a record of it."""
    fields_ = env[name]._fields if name in env else {}
    links = (field.comodel_name for field in fields_.values() if field.type == "many2one" and field.store)
    return name.startswith("clause.insertion") and (name == PERSON or PERSON in links)


def audit_warning(env):
    """What to say to whoever answers for personal data; empty where there is nothing to say."""
    models = audited(env)
    return models and env._(
        "The audit log copies personal data: %(models)s. Names are read there by whoever reads the log, and stay for "
        "as long as it is kept. Unsubscribe its rules for them; erasing a person empties the log of what is about it.",
        models=", ".join(models),
    )


def warn_managers(env):
    """An activity for each manager, as long as it lasts; one at a time. As superuser, from the scheduled job."""
    if not (message := audit_warning(env)):
        return
    home = env.company.partner_id
    for user in env.ref("clause_insertion.group_clause_insertion_manager").all_user_ids:
        open_ = home.activity_ids.filtered(lambda activity, user=user: activity.user_id == user)
        if not any(activity.summary == _summary(env) for activity in open_):
            home.activity_schedule(ACTIVITY, region_today(home), _summary(env), message, user_id=user.id)


def _summary(env):
    return env._("Personal data are copied by the audit log")
