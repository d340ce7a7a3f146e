"""The rules of links as a small model in memory, written without looking at how the program does it.

A product is a number here. One that became one with another means that other as long as that lasts. Links of an item
lie on a stack: it is where the last one leads, or in the draft that was made of it; so nothing follows from the order
in which what was done is undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count


@dataclass(eq=False)
class Thing:
    """An item. One that was removed and loaded again is another one of the same code."""

    code: tuple[int, str]
    made_by: Load
    draft: int
    links: list[Joined] = field(default_factory=list)  # in force, the last on top

    @property
    def base(self) -> int:
        return self.links[-1].to if self.links else self.draft


@dataclass(eq=False)
class Joined:
    thing: Thing
    method: str
    before: int  # where the item was by the link below
    said_of: int  # the product that it left, whatever that had been before
    to: int
    took_draft: bool


@dataclass(eq=False)
class Load:
    supplier: int
    in_force: bool = True
    removed: list[Thing] = field(default_factory=list)
    taken_back: list[Joined] = field(default_factory=list)


@dataclass(eq=False)
class Said:
    code: tuple[int, str]
    product: int
    verdict: str
    at: int


class LinkRules:
    def __init__(self) -> None:
        self.things: dict[tuple[int, str], Thing] = {}
        self.products: set[int] = set()
        self.splits: set[int] = set()
        self.absorbed: dict[int, int] = {}  # into which
        self.loads: list[Load] = []
        self.said: dict[tuple[tuple[int, str], int], list[Said]] = {}
        self.ended: dict[tuple[tuple[int, str], int], int] = {}  # when a person took a link back last
        self._clock, self._numbers = count(1), count(1)

    # --- what is

    def now(self, product: int) -> int | None:
        while product in self.absorbed:
            product = self.absorbed[product]
        return product if product in self.products else None

    def product(self, thing: Thing) -> int:
        found = self.now(thing.base)
        assert found is not None
        return found

    def offers(self, product: int) -> list[Thing]:
        return [thing for thing in self.things.values() if self.product(thing) == product]

    def is_own_draft(self, thing: Thing) -> bool:
        """No link has put it there, nobody else is in it, and nothing became one with it."""
        is_alone = not thing.links and self.offers(thing.draft) == [thing]
        return is_alone and thing.draft not in self.absorbed.values()

    def verdict(self, code: tuple[int, str], product: int) -> str:
        last = self.said.get((code, product))
        return last[-1].verdict if last else ""

    def is_refused(self, thing: Thing, product: int) -> bool:
        """A person has said of the pair that it is not one, or took it back and never said that it is."""
        meant = [
            said for (code, of), said in self.said.items() if code == thing.code and said and self.now(of) == product
        ]
        return any(said[-1].verdict != "same" for said in meant)

    # --- lists

    def load(self, supplier: int, skus: set[str]) -> Load:
        run = Load(supplier)
        self.loads.append(run)
        for sku in sorted(skus):
            if (supplier, sku) not in self.things:
                draft = next(self._numbers)
                self.products.add(draft)
                self.things[supplier, sku] = Thing((supplier, sku), run, draft)
        return run

    def undo_load(self, run: Load) -> None:
        run.in_force = False
        mine = [thing for thing in self.things.values() if thing.made_by is run]
        last = [thing.links[-1] for thing in mine if thing.links]
        run.taken_back = [
            link for link in last if link.method not in {"person", "split"} and self.can_be_taken_back(link)
        ]
        for link in run.taken_back:
            self.back(link)
        run.removed = [thing for thing in mine if self.is_own_draft(thing)]
        for thing in run.removed:
            del self.things[thing.code]
            self.products.discard(thing.draft)

    def redo_load(self, run: Load) -> None:
        run.in_force = True
        for thing in run.removed:
            if thing.code not in self.things:
                self.things[thing.code] = thing
                self.products.add(thing.draft)
        for link in run.taken_back:
            thing, to = link.thing, self.now(link.to)
            if self.things.get(thing.code) is thing and to is not None and not self.is_refused(thing, to):
                self.join_without_person(thing, to, link.method)

    # --- links

    def join(self, thing: Thing, to: int, method: str) -> Joined:
        takes = self.is_own_draft(thing)
        link = Joined(thing, method, thing.base, self.product(thing), to, takes)
        if takes:
            self.absorb(thing.draft, to)
        thing.links.append(link)
        return link

    def absorb(self, product: int, into: int) -> None:
        self.absorbed[product] = into
        self.products.discard(product)

    def restore(self, product: int) -> None:
        del self.absorbed[product]
        self.products.add(product)

    def join_without_person(self, thing: Thing, to: int, method: str) -> Joined | None:
        return self.join(thing, to, method) if self.is_own_draft(thing) and self.product(thing) != to else None

    def join_by_person(self, thing: Thing, to: int, *, leave_draft: bool) -> Joined | str:
        if self.product(thing) == to:
            return "offer already"
        if not self.is_own_draft(thing) and self.offers(self.product(thing)) == [thing] and not leave_draft:
            return "touched"
        self.say(thing, to, "same")
        return self.join(thing, to, "person")

    def split(self, thing: Thing) -> Joined | str:
        if self.offers(self.product(thing)) == [thing]:
            return "own already"
        own = next(self._numbers)
        self.say(thing, self.product(thing), "different")
        self.products.add(own)
        self.splits.add(own)
        return self.join(thing, own, "split")

    def can_be_taken_back(self, link: Joined) -> bool:
        return self.things.get(link.thing.code) is link.thing and link.thing.links[-1:] == [link]

    def take_back(self, link: Joined) -> None:
        thing = link.thing
        self.back(link)
        self.ended[thing.code, link.to] = next(self._clock)
        if link.method in {"person", "remembered"}:
            self.unsay(thing, link.to, "same")
        if link.method == "split":
            self.unsay(thing, link.said_of, "different")
        self.forget_splits()

    def back(self, link: Joined) -> None:
        assert link.thing.links.pop() is link
        if link.took_draft:
            self.restore(link.thing.draft)

    def forget_splits(self) -> None:
        """A product that a split had made goes with it, once nothing leads to it any more."""
        lead = {place for thing in self.things.values() for link in thing.links for place in (link.to, link.before)}
        for product in self.splits & self.products - lead - set(self.absorbed.values()):
            self.products.discard(product)

    def remember(self, supplier: int) -> int:
        """None goes to a draft that is taken at the same time."""
        mine = [thing for thing in self.things.values() if thing.code[0] == supplier and self.is_own_draft(thing)]
        found = {thing: self.remembered(thing) for thing in mine}
        going = {thing: to for thing, to in found.items() if to not in (None, self.product(thing))}
        leaving = {self.product(thing) for thing in going}
        made = [
            self.join(thing, to, "remembered") for thing, to in going.items() if to is not None and to not in leaving
        ]
        return len(made)

    def remembered(self, thing: Thing) -> int | None:
        same = [
            said[-1]
            for (code, product), said in self.said.items()
            if code == thing.code and said and said[-1].verdict == "same"
            and self.ended.get((code, product), 0) < said[-1].at
        ]  # fmt: skip
        return self.now(max(same, key=lambda each: each.at).product) if same else None

    # --- products

    def unmerge(self, product: int) -> None:
        self.restore(product)
        self.forget_splits()

    # --- what people say

    def say(self, thing: Thing, product: int, verdict: str) -> None:
        self.said.setdefault((thing.code, product), []).append(Said(thing.code, product, verdict, next(self._clock)))

    def unsay(self, thing: Thing, product: int, verdict: str = "") -> None:
        said = self.said.get((thing.code, product))
        if said and verdict in ("", said[-1].verdict):
            said.pop()
