"""Scripts that run inside Odoo's interpreter; Server.script() starts them."""
