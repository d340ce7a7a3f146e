"""Texts for people, in the language that is active where they are shown or stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from ingestion.pricegrid import FIELDS, ROW_KINDS, Message
from ingestion.pricegrid.problems import PROBLEMS, is_code

_VALUE = re.compile(r"%\(\w+\)[a-z]")


def text_of(message: Message | Promise | str) -> str:
    if isinstance(message, Message):
        template = gettext(message.template)
        return template % {name: part(value) for name, value in message.params.items()} if message.params else template
    return str(message)


def part(value: object) -> object:
    """A parameter may itself be a text for people."""
    return text_of(value) if isinstance(value, Message) else value


def notes_to_json(notes: Iterable[Message]) -> list[dict[str, Any]]:
    """As an item keeps them: the text is made where it is shown, in the language of whoever reads it."""
    return [
        {"code": note.code, "params": {name: str(part(value)).replace("\0", "") for name, value in note.params.items()}}
        if note.code in PROBLEMS
        else {"text": text_of(note).replace("\0", "")}
        for note in notes
    ]


def notes_from_json(stored: Iterable[Mapping[str, Any]] | None) -> list[str]:
    """The texts of what an item keeps. Of a code that nobody has registered any more, the code is all there is."""
    texts = []
    for note in stored or ():
        problem = PROBLEMS.get(note.get("code", ""))
        texts.append(text_of(problem.message(**note["params"])) if problem else note.get("text") or note["code"])
    return texts


def field_label(field: str) -> str:
    """What people call a field; its name, if it is one of another time."""
    return gettext(FIELDS[field].traits.label) if field in FIELDS else field


def row_label(kind: str) -> str:
    """What people call a row of a kind; a plug-in may have kinds of its own."""
    return gettext(ROW_KINDS[kind].traits.label) if kind in ROW_KINDS else kind


def rows_label(kind: str) -> str:
    return gettext(ROW_KINDS[kind].traits.plural) if kind in ROW_KINDS else kind


def cause_title(cause: str, sample: str = "") -> str:
    """What all errors of a cause say, without the values that differ: “…” is not a price.

    A cause is the code of a problem, or the text of a message that has none (see `docs/parsers.md`). Of a code that
    nobody has registered, as of a plug-in that is gone, `sample` is the best that there is: one of its messages.
    """
    problem = PROBLEMS.get(cause)
    if problem is None and (not cause or is_code(cause)):
        return sample or cause
    template = problem.template if problem else cause
    if not _VALUE.search(template):
        return gettext(template)
    return _VALUE.sub("…", gettext(template)).replace("%%", "%")
