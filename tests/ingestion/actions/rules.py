"""The rules of the review as a small model in memory, written without looking at how the program does it.

Every item has a stack of what is in force on it: its creation, and each change since. A run pushes onto the stacks.
Undoing it pops what still lies on top; undoing that pushes it back where the stack is as it was left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SHOCK = 0.13


@dataclass(frozen=True)
class State:
    price: int
    name: str
    listed: tuple[tuple[str, Any], ...] = ()  # the list's values of what is by hand
    missing: bool = False

    def by_list(self) -> dict[str, Any]:
        return {"price": self.price, "name": self.name, **dict(self.listed)}


@dataclass(eq=False)
class Item:
    sku: str
    stack: list[Step] = field(default_factory=list)
    exists: bool = True

    @property
    def state(self) -> State:
        return self.stack[-1].after


@dataclass(eq=False)
class Step:
    item: Item
    after: State


@dataclass(eq=False)
class Run:
    """`steps` with the stack under each (empty under a creation); `pops` says whether it took them away."""

    kind: str
    undoes: Run | None = None
    undone: bool = False
    pops: bool = False
    steps: list[tuple[Step, tuple[Step, ...]]] = field(default_factory=list)
    accepted: dict[Item, Hold] = field(default_factory=dict)

    def root(self) -> Run:
        return self.undoes.root() if self.undoes else self


@dataclass(eq=False)
class Hold:
    item: Item
    run: Run
    price: int
    values: dict[str, Any]
    returns: bool
    state: str = "held"
    closed_by: Run | None = None
    decided: int = 0


class Rules:
    def __init__(self) -> None:
        self.items: dict[str, Item] = {}
        self.holds: list[Hold] = []
        self.runs: list[Run] = []
        self.clock = 0

    def started(self, kind: str, **facts: Any) -> Run:
        self.runs.append(Run(kind, **facts))
        return self.runs[-1]

    def push(self, run: Run, item: Item, state: State) -> None:
        under = tuple(item.stack)
        item.stack.append(Step(item, state))
        run.steps.append((item.stack[-1], under))

    # --- lists

    def take_in(self, said: dict[str, tuple[int, str]]) -> Run:
        run = self.started("ingestion")
        fates = {sku: self.fate(sku, price, name) for sku, (price, name) in said.items()}
        gone = [item for sku, item in self.items.items() if sku not in said and not item.state.missing]
        for hold in self.holds:
            if hold.state == "held" and (hold.item.sku in said or hold.item in gone):
                hold.state, hold.closed_by = "superseded", run
        for sku, (price, name) in said.items():
            self.take_row(run, sku, price, name, fates[sku])
        for item in gone:
            self.push(run, item, State(item.state.price, item.state.name, item.state.listed, missing=True))
        return run

    def fate(self, sku: str, price: int, name: str) -> str:
        item = self.items.get(sku)
        if item is None:
            return "new"
        before = item.state.by_list()["price"]
        if abs(price / before - 1) <= SHOCK:
            return "changed"
        same = [hold for hold in self.holds if hold.item is item and hold.price == price]
        decided = [hold for hold in same if hold.state in {"accepted", "rejected"}]
        if not decided:
            return "held"
        return "changed" if max(decided, key=lambda hold: hold.decided).state == "accepted" else "rejected"

    def take_row(self, run: Run, sku: str, price: int, name: str, fate: str) -> None:
        if fate == "new":
            item = self.items[sku] = Item(sku)
            self.push(run, item, State(price, name))
            return
        item = self.items[sku]
        known = item.state.by_list()
        values = {key: value for key, value in {"price": price, "name": name}.items() if value != known[key]}
        if fate == "rejected":
            last = max((h for h in self.holds if h.item is item and h.price == price), key=lambda hold: hold.decided)
            self.holds.append(Hold(item, run, price, values, item.state.missing, "rejected", decided=last.decided))
        elif fate == "held":
            self.holds.append(Hold(item, run, price, values, item.state.missing))
        elif values or item.state.missing:
            self.push(run, item, listed_again(item.state, values, missing=False))

    # --- people

    def edit(self, sku: str, values: dict[str, Any]) -> Run | None:
        item = self.items[sku]
        now: dict[str, Any] = {"price": item.state.price, "name": item.state.name}
        changed = {key: value for key, value in values.items() if value != now[key]}
        if not changed:
            return None
        listed = dict(item.state.listed)
        for key, value in changed.items():
            listed.setdefault(key, now[key])
            if listed[key] == value:
                del listed[key]
        run = self.started("edit")
        self.push(run, item, State(**(now | changed), listed=tuple(sorted(listed.items())), missing=item.state.missing))
        return run

    def open_holds(self) -> list[Hold]:
        return [hold for hold in self.holds if hold.state == "held"]

    def accept(self, chosen: list[Hold]) -> Run | None:
        there = [hold for hold in chosen if hold.item.exists]
        for hold in chosen:
            hold.state = "accepted" if hold.item.exists else "superseded"
            self.clock += 1
            hold.decided = self.clock
        if not there:
            return None
        run = self.started("decision")
        for hold in there:
            missing = False if hold.returns else hold.item.state.missing
            self.push(run, hold.item, listed_again(hold.item.state, hold.values, missing=missing))
        run.accepted = {hold.item: hold for hold in there}
        return run

    def reject(self, chosen: list[Hold]) -> None:
        for hold in chosen:
            self.clock += 1
            hold.state, hold.decided = "rejected", self.clock

    # --- undo

    def undo(self, run: Run) -> Run:
        run = run if run.pops else run.root()
        undoing = self.started("undo", undoes=run, pops=not run.pops)
        done = [(step, under) for step, under in run.steps if self.turned(step, under, pops=undoing.pops)]
        undoing.steps = done
        root = run.root()
        for each in self.runs:
            if each is not undoing and each.root() is root:
                each.undone = True
        root.undone = undoing.pops
        self.settle(root, {step.item for step, _under in done}, in_force=not undoing.pops)
        return undoing

    def turned(self, step: Step, under: tuple[Step, ...], *, pops: bool) -> bool:
        item = step.item
        if pops:
            if not item.exists or item.stack[-1] is not step:
                return False
            item.stack.pop()
            if not item.stack:
                item.exists = False
                del self.items[item.sku]
            return True
        if not under:
            if item.sku in self.items:
                return False
            item.exists = True
            self.items[item.sku] = item
        elif not item.exists or tuple(item.stack) != under:
            return False
        item.stack.append(step)
        return True

    def settle(self, root: Run, done: set[Item], *, in_force: bool) -> None:
        if root.kind == "decision":
            for item, hold in root.accepted.items():
                if item in done:
                    hold.state = "accepted" if in_force else "held"
        elif root.kind == "ingestion":
            self.reopen(root, in_force=in_force)
        self.keep_newest_questions()

    def reopen(self, root: Run, *, in_force: bool) -> None:
        own = [hold for hold in self.holds if hold.run is root]
        closed = [hold for hold in self.holds if hold.closed_by is root]
        if in_force:
            for hold in closed:
                hold.state = "superseded" if hold.state == "held" else hold.state
            for hold in own:
                if hold.state == "undone":
                    is_moot = hold.closed_by is not None and not hold.closed_by.undone
                    hold.state = "superseded" if is_moot else "held"
            return
        for hold in own:
            hold.state = "undone" if hold.state in {"held", "superseded"} else hold.state
        for hold in closed:
            if hold.state == "superseded" and not hold.run.undone:
                hold.state = "held"

    def keep_newest_questions(self) -> None:
        for hold in self.open_holds():
            newest = [each for each in self.open_holds() if each.item is hold.item][-1]
            if newest is not hold:
                hold.state, hold.closed_by = "superseded", newest.run


def listed_again(state: State, values: dict[str, Any], *, missing: bool) -> State:
    """What a list says is the supplier's again."""
    listed = tuple(pair for pair in state.listed if pair[0] not in values)
    now: dict[str, Any] = {"price": state.price, "name": state.name} | values
    return State(**now, listed=listed, missing=missing)
