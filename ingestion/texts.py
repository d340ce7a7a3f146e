"""Texts for people, in the language that is active where they are shown or stored."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext

from ingestion.pricegrid import FIELDS, Message


def text_of(message: Message | Promise | str) -> str:
    if isinstance(message, Message):
        template = gettext(message.template)
        return template % {name: part(value) for name, value in message.params.items()} if message.params else template
    return str(message)


def part(value: object) -> object:
    """A parameter may itself be a text for people."""
    return text_of(value) if isinstance(value, Message) else value


def field_label(field: str) -> str:
    """What people call a field; its name, if it is one of another time."""
    return gettext(FIELDS[field].traits.label) if field in FIELDS else field
