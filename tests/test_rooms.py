"""The house: rooms by capability, one file per model and room, one declaration per field.

What is where is in README.md. These tests read the sources; nothing is run.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from clause_setup.paths import ADDONS, REPOSITORY

# A room may import from those before it.
ROOMS = (
    "base",
    "purchase",
    "clause",
    "people",
    "recruitment",
    "hours",
    "hours_import",
    "territory",
    "network",
    "penalty",
)
LAYERS = ("models", "report", "wizard")
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_METHOD = 60
MODEL_CLASSES = {"Model", "AbstractModel", "TransientModel"}
# In a query: the UTC day of what Odoo keeps as an instant.
INSTANT_AS_DAY = re.compile(
    r"\b(?:create_date|write_date|date_order|date_approve|\w+_at|validated_on|submitted_on)::date\b"
)


@dataclass
class Declaration:
    """A class of a model: where it stands, which model it makes or extends, what is in it."""

    path: Path
    node: ast.ClassDef

    @property
    def room(self) -> Path:
        return self.path.parent

    @property
    def where(self) -> str:
        return str(self.path.relative_to(REPOSITORY))

    def attribute(self, name: str):
        for statement in self.node.body:
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
                return ast.literal_eval(statement.value)
        return None

    @property
    def parents(self) -> list[str]:
        parents = self.attribute("_inherit") or []
        return [parents] if isinstance(parents, str) else parents

    @property
    def model(self) -> str:
        return self.attribute("_name") or self.parents[0]

    @property
    def is_abstract(self) -> bool:
        return ast.unparse(self.node.bases[0]) == "models.AbstractModel"

    @property
    def methods(self) -> dict[str, ast.FunctionDef]:
        return {found.name: found for found in self.node.body if isinstance(found, ast.FunctionDef)}

    @property
    def fields(self) -> dict[str, ast.Call]:
        calls = [found for found in self.node.body if isinstance(found, ast.Assign)]
        return {
            ast.unparse(found.targets[0]): found.value
            for found in calls
            if isinstance(found.value, ast.Call) and ast.unparse(found.value.func).startswith("fields.")
        }


def python_files(*layers: str) -> Iterator[Path]:
    for addon in ADDONS:
        for layer in layers or ("",):
            yield from sorted((REPOSITORY / addon / layer).rglob("*.py"))


def is_model(node: ast.stmt) -> bool:
    bases = [ast.unparse(base) for base in node.bases] if isinstance(node, ast.ClassDef) else []
    return any(base.startswith("models.") and base.removeprefix("models.") in MODEL_CLASSES for base in bases)


@pytest.fixture(scope="module")
def declarations() -> list[Declaration]:
    return [
        Declaration(path, node)
        for path in python_files(*LAYERS)
        for node in ast.parse(path.read_text()).body
        if is_model(node)
    ]


def file_name(model: str) -> str:
    """``clause.insertion.trade`` is in clause_insertion_trade.py; a printed document has the name of its report.

    >>> file_name("report.clause_insertion.report_certificate")
    'report_certificate'
    """
    is_document = any(model.startswith(f"report.{addon}.") for addon in ADDONS)
    return model.split(".", 2)[2] if is_document else model.replace(".", "_")


def order(found: Declaration) -> int:
    return ROOMS.index(found.room.name) if found.room.name in ROOMS else len(ROOMS)


def by_model(declarations: list[Declaration]) -> dict[str, list[Declaration]]:
    found = defaultdict(list)
    for declaration in declarations:
        found[declaration.model].append(declaration)
    return found


def test_rooms_are_the_same_in_every_layer():
    for layer in ("models", "tools", "views", "wizard", "tests"):
        folders = {path.name for path in (REPOSITORY / "clause_insertion" / layer).iterdir() if path.is_dir()}
        assert folders - {"__pycache__", "data"} <= set(ROOMS), layer


def test_a_file_is_named_after_its_one_model(declarations):
    wrong = [found.where for found in declarations if found.path.stem != file_name(found.model)]
    assert wrong == []
    assert len({found.path for found in declarations}) == len(declarations), "two models in a file"


def test_models_alone_are_in_models(declarations):
    """What is a plain class or function is in tools/, and not named as a model."""
    with_a_model = {found.path for found in declarations}
    others = [path for path in python_files("models") if path not in with_a_model and path.stem != "__init__"]
    assert [str(path.relative_to(REPOSITORY)) for path in others] == []
    tools = [path.name for path in python_files("tools") if path.stem.startswith("clause_insertion")]
    assert tools == []


def test_test_modules_have_names_of_their_own():
    """Odoo runs the modules that it finds in tests/ by name: of two with one name, it would run one."""
    for addon in ADDONS:
        names = [path.name for path in (REPOSITORY / addon / "tests").rglob("test_*.py")]
        assert sorted({name for name in names if names.count(name) > 1}) == [], addon


def test_a_model_stands_once_in_a_room(declarations):
    places = [(found.room, found.model) for found in declarations]
    assert sorted({f"{room.name}: {model}" for room, model in places if places.count((room, model)) > 1}) == []


def test_a_room_imports_from_those_above(declarations):
    wrong = []
    for path in python_files("models", "tools"):
        room = path.parent.name
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.level == 2 and room in ROOMS:
                other = (node.module or "").partition(".")[0]
                if other in ROOMS and ROOMS.index(other) > ROOMS.index(room):
                    wrong.append(f"{path.relative_to(REPOSITORY)}: {other}")
    assert wrong == []


def test_a_field_is_declared_once(declarations):
    """A definition that tells the truth; of Odoo's own fields, what an addon changes is told once as well."""
    wrong = []
    for model, found in by_model(declarations).items():
        names = [name for declaration in found for name in declaration.fields]
        wrong += [f"{model}.{name}" for name in sorted(set(names)) if names.count(name) > 1]
        for declaration in found:
            choices = [name for name, call in declaration.fields.items() if "selection_add" in ast.unparse(call)]
            wrong += [f"{model}.{name}: selection_add" for name in choices if model.startswith("clause.insertion")]
    assert wrong == []


def test_an_override_calls_super_or_says_why(declarations):
    wrong = []
    for model, found in by_model(declarations).items():
        seen = set()
        for declaration in sorted(found, key=order):
            for name, method in declaration.methods.items():
                said = (ast.get_docstring(method) or "").startswith("Instead of")
                if name in seen and "super()" not in ast.unparse(method) and not said:
                    wrong.append(f"{declaration.where}: {model}.{name}")
            seen |= declaration.methods.keys()
    assert wrong == []


def test_a_mixin_has_two_users(declarations):
    users = defaultdict(set)
    for found in declarations:
        for parent in found.parents:
            if parent != found.model:
                users[parent].add(found.model)
    mixins = {
        found.model
        for found in declarations
        if found.is_abstract and found.attribute("_name") and found.model.startswith("clause.insertion")
    }
    assert {mixin: users[mixin] for mixin in sorted(mixins) if len(users[mixin]) < 2} == {}


def test_files_and_methods_are_short():
    long = []
    for path in python_files():
        text = path.read_text()
        if text.count("\n") > MOST_LINES_OF_A_FILE:
            long.append(f"{path.relative_to(REPOSITORY)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > MOST_LINES_OF_A_METHOD:
                    long.append(f"{path.relative_to(REPOSITORY)}: {node.name} has {lines} lines")
    assert long == []


def test_models_and_wizards_have_names_of_their_own():
    for room in ROOMS:
        folders = [REPOSITORY / "clause_insertion" / layer / room for layer in ("models", "wizard")]
        names = [{path.name for path in folder.glob("*.py")} - {"__init__.py"} for folder in folders]
        assert names[0] & names[1] == set(), room


def test_what_is_locked_is_not_copied(declarations):
    """A copy made by somebody who may not set the field would be refused."""
    wrong = []
    for found in declarations:
        for name, call in found.fields.items():
            arguments = {argument.arg: ast.unparse(argument.value) for argument in call.keywords}
            is_copied = (
                "compute" not in arguments and "related" not in arguments and "One2many" not in ast.unparse(call)
            )
            if arguments.get("locked") == "True" and is_copied and arguments.get("copy") != "False":
                wrong.append(f"{found.where}: {name}")
    assert wrong == []


def test_a_day_is_asked_of_the_region():
    """Odoo's own today is that of the reader's clock, or of the server's; so is the date of an instant."""
    helper = REPOSITORY / "clause_insertion" / "tools" / "base" / "days.py"
    of_a_clock = re.compile(r"\.(context_today|context_timestamp)$|[dD]ate\.today$")
    wrong = []
    for path in python_files():
        if path == helper or "tests" in path.parts or "engine" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            where = f"{path.relative_to(REPOSITORY)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Attribute) and of_a_clock.search(ast.unparse(node)):
                wrong.append(f"{where} {ast.unparse(node)}")
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("now().date"):
                wrong.append(f"{where} {ast.unparse(node)}")
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                wrong += [f"{where} {found}" for found in INSTANT_AS_DAY.findall(node.value)]
    assert wrong == []
