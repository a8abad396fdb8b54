"""
A naive model of the domain, written from the rules and not from the code.

Plain lists, ``Decimal`` and ``Fraction``; everything is recomputed for every figure.
``python -m tests.model`` compares it with the library over random histories.
"""
