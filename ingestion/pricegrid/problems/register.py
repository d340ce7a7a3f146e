"""The register itself: one entry for each thing that can be wrong, by its code."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.records import Message

_SLUG = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+").fullmatch


class Problem(NamedTuple):
    """What can be wrong with a list or a row.

    `code` is what is stored and compared, and stays for ever; `field` is what it is about, which tells the column
    (None: the row or the list as a whole); `template` is the English text for people, with `%(name)s` for values.
    Texts may be reworded and translated: nothing depends on them.
    """

    code: str
    field: Field | None
    template: str

    def message(self, /, **params: object) -> Message:
        return Message(self.template, params, self.code)


PROBLEMS: dict[str, Problem] = {}


def register(code: str, field: Field | None, template: str) -> Problem:
    """Enters a problem; plug-ins may bring their own. Raises ValueError for a code that is no slug, or is taken."""
    problem = Problem(code, field, template)
    if not is_code(code):
        raise ValueError(f"{code!r} is no code of a problem: write it like price.zero")
    if PROBLEMS.setdefault(code, problem) != problem:
        raise ValueError(f"The code {code!r} is taken by another problem")
    return problem


def is_code(cause: str) -> bool:
    """Whether it looks like the code of a problem, registered or not, rather than like a text."""
    return _SLUG(cause) is not None


def cause_of(message: Message | str) -> str:
    """What all errors of one kind have in common: the code of their problem; of a plug-in without codes the text."""
    return message.code or message.template if isinstance(message, Message) else str(message)


def field_of(code: str) -> Field | None:
    """The field that a problem is about; None where it is about none, or is not registered."""
    problem = PROBLEMS.get(code)
    return problem.field if problem else None
