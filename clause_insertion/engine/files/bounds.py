"""How much of a file is read: beyond, it is refused before anything is built of it, and the user is told which bound.

A small file can unpack to anything, and whoever sends one is not always a friend. Each bound is several times what
real files of this trade hold, and together they keep a reader within some 200 MB and a minute.
"""

MOST_BYTES = 50 * 2**20  # of the file as it is sent: a year of a Region's hours as a CSV is 15 MB
MOST_CHARACTERS = 2**16  # of a row of a CSV, quoted line breaks included
MOST_ROWS = 2**20  # what a sheet of Excel can have
MOST_COLUMNS = 256  # official tables of communes have under a hundred
MOST_ROWS_OF_A_TABLE = 100_000  # held in memory: France has 35,000 communes, and a few hundred relays

# Of a workbook, which is a ZIP of XML parts.
MOST_BYTES_UNZIPPED = 200 * 2**20  # of all its parts together: a million rows of four columns
MOST_BYTES_OF_TEXTS = 50 * 2**20  # of the parts that are held in memory: its texts and styles
MOST_PARTS = 2000  # a workbook has a few for each of its sheets
MOST_SHEETS = 256
MOST_CELLS_OF_A_ROW = 2**14  # what a row of Excel can have, styled and empty cells included
MOST_CELLS = 2**22  # of a sheet: half a million rows of hours
MOST_TEXTS = 2**18  # texts that cells share, all held in memory: each person, clause and contractor is one
MOST_BYTES_OF_A_CELL = 2**18  # Excel has 32,767 characters, of up to seven bytes each once they are escaped
MOST_ELEMENTS = 2**16  # of XML, within one row or text, or outside of them all: styles, names, merged cells
