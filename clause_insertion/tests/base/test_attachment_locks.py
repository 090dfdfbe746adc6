from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
class TestAttachmentLocks(InsertionCommon):
    """The file of a field stands in a record of Odoo's, which asks only whether the record of ours may be written."""

    def test_every_file_is_locked_with_its_field(self):
        """Over all models: as soon as a field is locked, no role gives it a file, takes it away, or changes it."""
        files = [
            field
            for model in self.env.registry.values()
            if not model._abstract
            for field in model._fields.values()
            if field.type == "binary" and field.store and field.attachment
            if field._modules and all(module.startswith("clause_insertion") for module in field._modules)
        ]
        self.assertIn("clause.insertion.import.file", {str(field) for field in files})
        for field in files:
            self.startPatcher(patch.object(field, "locked", True, create=True))
            owner = {"res_model": field.model_name, "res_field": field.name, "res_id": 1}
            file = self.env["ir.attachment"].create({"name": "a", "raw": b"a", **owner})
            free = self.env["ir.attachment"].with_user(self.user_manager).create({"name": "a", "raw": b"a"})
            file = file.with_user(self.user_manager)
            for door in (
                lambda owner=owner, free=free: free.create({"name": "a", "raw": b"a", **owner}),
                lambda owner=owner, free=free: free.write(owner),
                lambda file=file: file.write({"raw": b"b"}),
                lambda file=file: file.write({"res_field": False}),
                lambda file=file: file._unlink_except_locked(),
            ):
                with self.subTest(str(field)), self.assertRefused(UserError, "."):
                    door()
            Model = type(self.env[field.model_name])
            self.assertTrue(hasattr(Model, "_refuse_locked"), f"{field}: its model has no locks")
