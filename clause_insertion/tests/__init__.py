# Odoo runs the modules that it finds here by name: each room hands over its own.
from .base import *
from .clause import *
from .hours import *
from .hours_import import *
from .network import *
from .penalty import *
from .people import *
from .purchase import *
from .recruitment import *
from .territory import *
