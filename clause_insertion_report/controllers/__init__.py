from . import open_data
