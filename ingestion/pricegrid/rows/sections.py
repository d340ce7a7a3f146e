"""Titles between the items: how deep each one is, and so which category an item stands in."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBERED = re.compile(r"^\s*((?:\d{1,3}[.)]\s?)+\d{0,3}|[IVX]{1,5}[.)])\s+\S")


class Look(NamedTuple):
    """What tells the depth of a title: a larger font, less indent and a shorter number stand higher."""

    font_size: float = 0
    bold: bool = False
    fill: str | None = None
    indent: int = 0
    column: int = 0
    numbers: int = 0

    def above(self, other: Look) -> bool | None:
        """Whether this look stands higher than the other; None where nothing tells."""
        if self.numbers and other.numbers and self.numbers != other.numbers:
            return self.numbers < other.numbers
        if self.indent != other.indent:
            return self.indent < other.indent
        if self.font_size != other.font_size:
            return self.font_size > other.font_size
        if self.bold != other.bold:
            return self.bold
        return None


class Title(NamedTuple):
    text: str
    look: Look
    stands_out: bool = False


def numbering_depth(text: str) -> int:
    """ "2.1 Pumps" is two deep; 0 where no number leads."""
    found = _NUMBERED.match(text)
    return len([part for part in re.split(r"[.)\s]+", found[1]) if part]) if found else 0


class Sections:
    """The titles above the current row. A title right below another is its child; one after items replaces its like."""

    def __init__(self, first: str = "") -> None:
        self._titles: list[Title] = [Title(first, Look())] if first else []
        self.fresh = False
        self.path: tuple[str, ...] = (first,) if first else ()

    def item(self) -> None:
        self.fresh = False

    def leave(self) -> None:
        self._titles.clear()
        self.path = ()

    def enter(self, title: Title) -> None:
        """A title that is written again, as after a page break, changes nothing."""
        if self._titles and title.text == self._titles[-1].text:
            self.fresh = True
            return
        depth = self._below_its_like(title) if self.fresh else self._instead_of_its_like(title)
        self._titles[depth:] = [title]
        self.fresh = True
        self.path = tuple(each.text for each in self._titles)

    def _below_its_like(self, title: Title) -> int:
        """Directly under another title: its child, unless it looks higher; of a run of equals the last one counts."""
        depth = len(self._titles)
        if sum(each.look == title.look for each in self._titles) > 1:
            return self._instead_of_its_like(title)
        while depth and title.look.above(self._titles[depth - 1].look):
            depth -= 1
        return depth

    def _instead_of_its_like(self, title: Title) -> int:
        """After items: it ends the deepest title that looks the same, and all below; else what looks deeper."""
        for depth in range(len(self._titles) - 1, -1, -1):
            if self._titles[depth].look == title.look:
                return depth
        depth = len(self._titles)
        while depth and title.look.above(self._titles[depth - 1].look) is not False:
            depth -= 1
        return depth
