"""What can be wrong with a list or with one of its rows, each once: a code, the field it is about, a text for people.

    >>> from ingestion.pricegrid.problems import prices
    >>> message = prices.NEGATIVE.message(value="-5")
    >>> message.code, str(message)
    ('price.negative', 'The price -5 is below zero.')

Whoever stores or compares a problem takes its code; whoever shows it makes the text at the edge, in the reader's
language. A new kind of problem is one more `register(...)` in the module of its area.
"""

from ingestion.pricegrid.problems import codes, files, items, lists, notes, prices, rows
from ingestion.pricegrid.problems.register import PROBLEMS, Problem, cause_of, field_of, is_code, register

__all__ = [
    "PROBLEMS",
    "Problem",
    "cause_of",
    "codes",
    "field_of",
    "files",
    "is_code",
    "items",
    "lists",
    "notes",
    "prices",
    "register",
    "rows",
]
