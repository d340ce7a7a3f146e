"""Titles between the items: how deep each one is, and so which category an item stands in."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBERED = re.compile(r"^\s*((?:\d{1,3}[.)]\s?)+\d{0,3}|[IVX]{1,5}[.)])\s+\S")

DEEPEST_RUN = 3  # of more titles that look the same and follow one another, the last ones count


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
    """The titles above the current row. A title right below another is its child; one after items replaces its like.

    Where titles look the same, how many of them follow one another tells their depth: two are two levels, and replace
    the last two.
    """

    def __init__(self, first: str = "") -> None:
        self._titles: list[Title] = [Title(first, Look())] if first else []
        self._before: list[Title] = []  # the titles above the run of equals that was entered last
        self._run: list[Title] = []
        self._below = False  # whether the run began right below another title
        self.fresh = False
        self.path: tuple[str, ...] = (first,) if first else ()

    def item(self) -> None:
        self.fresh = False

    def leave(self) -> None:
        self._titles.clear()
        self.path = ()

    def enter(self, title: Title) -> None:
        """A title that is written again, as after a page break, leads back to where it was."""
        goes_on = self.fresh and bool(self._run) and title.look == self._run[-1].look
        again = None if goes_on and title.text != self._run[-1].text else self._place_of(title)
        if again is not None:
            self._before, self._run = self._titles[:again], [self._titles[again]]
        elif goes_on:
            self._run = [*self._run, title][-DEEPEST_RUN:]
        else:
            self._before, self._run, self._below = self._titles, [title], self.fresh
        self._titles = [*self._before[: self._depth_of_run()], *self._run]
        self.fresh = True
        self.path = tuple(each.text for each in self._titles)

    def _place_of(self, title: Title) -> int | None:
        pairs = enumerate(self._titles)
        return next((at for at, each in pairs if each.text == title.text and each.look == title.look), None)

    def _depth_of_run(self) -> int:
        """How many of the titles before stay above the run: it replaces as many of its like as it has."""
        look = self._run[0].look
        likes = [at for at, each in enumerate(self._before) if each.look == look]
        if likes:
            return likes[-min(len(self._run), len(likes))]
        depth = len(self._before)
        while depth and self._ends(look, self._before[depth - 1].look):
            depth -= 1
        return depth

    def _ends(self, look: Look, above: Look) -> bool:
        """Right below another title it is a child unless it looks higher; after items, only if it looks deeper."""
        is_above = look.above(above)
        return bool(is_above) if self._below else is_above is not False
