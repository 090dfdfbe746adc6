# Odoo runs the modules that it finds here by name: each room hands over its own.
from . import test_engine
from .analysis import *
from .clause import *
from .document import *
from .open_data import *
from .spaser import *
from .statement import *
