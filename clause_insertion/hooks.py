def uninstall_hook(env):
    """Take away what the addon made for itself; hours stay as the timesheets that they are."""
    companies = env["res.company"].sudo().search([("insertion_project_id", "!=", False)])
    companies.insertion_project_id.active = False
