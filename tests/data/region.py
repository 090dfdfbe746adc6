"""A Region at work before the addons arrive. Run by Odoo's shell, which gives ``env``."""

supplier = env["res.partner"].create({"name": "Travaux du Clain", "is_company": True})
buyer = env["res.users"].create(
    {
        "name": "Own buyer",
        "login": "own.buyer",
        "group_ids": [(4, env.ref("base.group_user").id), (4, env.ref("purchase.group_purchase_user").id)],
    }
)
env = env(user=buyer.id, su=True)  # "last changed by" is a fact of theirs, too
worker = env["hr.employee"].create({"name": "Own employee", "user_id": buyer.id})
product = env["product.product"].create({"name": "Own works", "type": "service"})
line = {"product_id": product.id, "name": "Roof", "product_qty": 1, "price_unit": 120000.0}
agreement = env["purchase.requisition"].create(
    {
        "vendor_id": supplier.id,
        "requisition_type": "blanket_order",
        "line_ids": [(0, 0, {"product_id": product.id, "product_qty": 10, "price_unit": 5.0})],
    }
)
agreement.action_confirm()
draft = env["purchase.order"].create({"partner_id": supplier.id, "order_line": [(0, 0, line)]})
confirmed = draft.copy()
confirmed.button_confirm()
draft.copy().button_cancel()
project = env["project.project"].create({"name": "Own project", "allow_timesheets": True})
task = env["project.task"].create({"name": "Own task", "project_id": project.id})
for day in range(1, 29):
    env["account.analytic.line"].create(
        {
            "name": "Own work",
            "date": f"2026-02-{day:02}",
            "project_id": project.id,
            "task_id": task.id,
            "employee_id": worker.id,
            "unit_amount": 7.25,
        }
    )
env["calendar.event"].create(
    {"name": "Own event", "start": "2026-02-02 09:00:00", "stop": "2026-02-02 10:00:00", "location": "Poitiers"}
)
env.cr.commit()
