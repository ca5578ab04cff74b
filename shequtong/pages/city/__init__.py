"""A city (整座城市): a hundred subdistricts and a million cases, generated, so that anyone can measure at size. `manage.py city`.

    sizes ─► ground ─► place ─► people          units, stations, accounts: by use-cases, as an office would
    molds: a few hundred lives played by the use-cases in the largest street, read row by row (rows)
    casts: each life's rows with blanks for number, moment, place and people; filled and loaded by the line (loading)

Everything is one transaction: what is broken off leaves nothing.
"""
