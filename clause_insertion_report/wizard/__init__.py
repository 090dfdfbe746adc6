from . import statement, spaser, open_data
