"""What other addons let a portal user do with timesheets."""

OURS = "clause_insertion.access_account_analytic_line_portal"


def is_opened_by_others(lines, operation):
    """Whether another addon gives one of the user's groups this right: ``write``, ``create`` or ``unlink``.

    sudo: of who has which access, no more than that.
    """
    env = lines.env
    others = [
        ("model_id.model", "=", lines._name),
        (f"perm_{operation}", "=", True),
        ("group_id", "in", [*env.user.all_group_ids.ids, False]),
        ("id", "!=", env["ir.model.data"]._xmlid_to_res_id(OURS)),
    ]
    return bool(env["ir.model.access"].sudo().search_count(others, limit=1))
