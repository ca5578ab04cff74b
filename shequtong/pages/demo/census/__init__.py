"""A made-up population (模拟人口): households with ages, relations, names and sets that fit together. For the demo and for measuring.

Nobody in it is real: numbers carry a county code that was never given out (320599), telephones a range no operator has (161).
"""
