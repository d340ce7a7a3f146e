"""What a row of a list can be: every kind once, with its words and signs for whoever shows rows."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Self

from ingestion.pricegrid.marking import gettext_noop


class RowLook(StrEnum):
    """How a row is to look among others; a style sheet says the rest."""

    ITEM = "item"
    ERROR = "error"
    SECTION = "section"
    HEADER = "header"
    QUIET = "quiet"  # nothing of it is used
    PLAIN = "plain"


class RowTraits(NamedTuple):
    """Texts for people are in English, translated where they are shown."""

    label: str  # of one row
    plural: str  # of a number of rows
    sign: str  # one character beside the row's number; none where there is nothing to say
    look: RowLook


class RowKind(StrEnum):
    """Each is equal to its name, under which rows are counted and kept."""

    traits: RowTraits

    def __new__(cls, name: str, traits: RowTraits) -> Self:
        new = str.__new__(cls, name)
        new._value_ = name
        new.traits = traits
        return new

    ITEM = "item", RowTraits(gettext_noop("item"), gettext_noop("items"), "✓", RowLook.ITEM)
    ERROR = "error", RowTraits(gettext_noop("error"), gettext_noop("errors"), "!", RowLook.ERROR)
    SECTION = (
        "section",
        RowTraits(
            gettext_noop("section: names the category of what follows"), gettext_noop("sections"), "§", RowLook.SECTION
        ),
    )
    CONTINUATION = (
        "continuation",
        RowTraits(gettext_noop("goes on with the item above"), gettext_noop("continuations"), "↑", RowLook.PLAIN),
    )
    HEADER = "header", RowTraits(gettext_noop("header"), gettext_noop("headers"), "H", RowLook.HEADER)
    TOTAL = "total", RowTraits(gettext_noop("total, not used"), gettext_noop("totals"), "Σ", RowLook.QUIET)
    FOOTER = (  # looked like a section, but nothing follows it
        "footer",
        RowTraits(gettext_noop("footer, not used"), gettext_noop("footers"), "–", RowLook.QUIET),
    )
    NOTE = "note", RowTraits(gettext_noop("note, not used"), gettext_noop("notes"), "–", RowLook.QUIET)
    DUPLICATE = (  # says of its code what a row above has said
        "duplicate",
        RowTraits(gettext_noop("repeats a row above, not used"), gettext_noop("repetitions"), "=", RowLook.QUIET),
    )
    LATER = (
        "later",
        RowTraits(
            gettext_noop("a price that begins later, not used yet"), gettext_noop("later prices"), ">", RowLook.QUIET
        ),
    )
    WITHDRAWN = (
        "withdrawn",
        RowTraits(gettext_noop("struck out: withdrawn, not used"), gettext_noop("rows struck out"), "✗", RowLook.QUIET),
    )
    STRAY = (
        "stray",
        RowTraits(gettext_noop("belongs to no item, not used"), gettext_noop("strays"), "–", RowLook.QUIET),
    )
    BLANK = "blank", RowTraits(gettext_noop("empty"), gettext_noop("blank"), "", RowLook.PLAIN)


ROW_KINDS = {kind.value: kind for kind in RowKind}
