"""Reading files as people keep them: hours, communes, relays.

``rows`` turns a CSV or XLSX file into rows of texts, ``table`` puts texts under columns and collects what is wrong,
``cells`` reads one text. Each kind of file has a module of its own: ``hours`` (and ``hours_matching``), ``communes``,
``relays``. ``bounds`` says how much of a file is read; ``workbook`` lets nothing beyond through to openpyxl.
Nothing is guessed: what cannot be read is a problem, with its row, its column and a code.
"""
