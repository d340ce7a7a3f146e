"""XML from strangers: safely parsed, piece by piece, and read by local names, so that no namespace or prefix matters.

Nothing is fetched, no entity is declared, and what was used is gone: memory depends on the largest piece only.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import IO, NamedTuple

from lxml import etree

from ingestion.pricegrid.formats.limits import KILOBYTE, Limits
from ingestion.pricegrid.formats.refusals import refused
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.problems import files

_CHUNK = 64 * 1024
_ELEMENTS = gettext_noop("elements in one row or style")
OTHERS = gettext_noop("elements that are no part of a list")
LEVELS = gettext_noop("elements inside one another")
LONG_PIECES = gettext_noop("KB without a tag")
LONG_ROWS = gettext_noop("KB in one row or style")
TOLERATED = frozenset({"NS_ERR_UNDEFINED_NAMESPACE", "NS_ERR_XML_NAMESPACE", "NS_ERR_QNAME"})


class Watched:
    """The bytes of a stream for a parser that holds all up to the next tag: one must come now and then."""

    def __init__(self, stream: IO[bytes], place: str, limits: Limits) -> None:
        self.stream, self.place, self.limits = stream, place, limits
        self.taken = self.since = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(min(size, _CHUNK) if size >= 0 else _CHUNK)
        at = chunk.rfind(b"<")
        self.since = self.since + len(chunk) if at < 0 else len(chunk) - at
        self.limits.check_count(self.since // KILOBYTE, self.limits.piece // KILOBYTE, LONG_PIECES, self.place)
        self.taken += len(chunk)
        return chunk


class Found(NamedTuple):
    """`is_end` where the element is complete; else its start tag, of those that were asked for."""

    is_end: bool
    name: str
    element: etree._Element


class Pieces:
    """Goes through XML and gives each element whose name is in `whole` when it is complete, then forgets it.

    Elements inside of such a one are not given by themselves. Of those in `starts` the start is given, and the end.
    """

    def __init__(
        self, content: IO[bytes], place: str, limits: Limits, *, whole: Container[str], starts: Container[str] = ()
    ) -> None:
        self.place, self.limits, self.whole, self.starts = place, limits, whole, starts
        self.source = Watched(content, place, limits)
        self.passed = 0
        self.held = self.begun = 0  # elements and attributes, and bytes, since something was forgotten

    def __iter__(self) -> Iterator[Found]:
        depth = inside = 0
        for event, element in self.events():
            name = local(element)
            if event == "start":
                depth += 1
                self.take(element, depth)
                if inside:
                    inside += 1
                elif name in self.whole:
                    inside = 1
                elif name in self.starts:
                    yield Found(is_end=False, name=name, element=element)
                continue
            depth -= 1
            inside -= inside > 0
            if inside:
                continue
            if name not in self.whole and name not in self.starts:
                self.passed += 1
                self.limits.check_count(self.passed, self.limits.passed, OTHERS, self.place)
            else:
                yield Found(is_end=True, name=name, element=element)
            self.forget(element)

    def events(self) -> Iterator[tuple[str, etree._Element]]:
        parsed = etree.iterparse(
            self.source,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
        )
        is_first = True
        for event, element in parsed:
            if is_first:
                check_no_dtd(element, self.place)
                is_first = False
            yield event, element

    def take(self, element: etree._Element, depth: int) -> None:
        self.held += 1 + len(element.attrib)
        if self.held > self.limits.elements:
            self.limits.check_count(self.held, self.limits.elements, _ELEMENTS, self.place)
        if depth > self.limits.depth:
            self.limits.check_count(depth, self.limits.depth, LEVELS, self.place)
        if self.source.taken - self.begun > self.limits.row_bytes:
            size = (self.source.taken - self.begun) // KILOBYTE
            self.limits.check_count(size, self.limits.row_bytes // KILOBYTE, LONG_ROWS, self.place)

    def forget(self, element: etree._Element) -> None:
        element.clear()
        parent = element.getparent()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]
        self.held, self.begun = 0, self.source.taken


def check_no_dtd(root: etree._Element, place: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(files.NOT_SAFE, place=place)


def parse_row(content: bytes, place: str, limits: Limits) -> etree._Element:
    """The root of a small piece of XML. Prefixes that it does not declare are tolerated, nothing else is."""
    limits.check_count(content.count(b"<") + content.count(b"="), limits.elements, _ELEMENTS, place)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(content, parser)
    wrong = next((entry for entry in parser.error_log if entry.type_name not in TOLERATED), None)
    if wrong is not None and wrong.type == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError
    if root is None or wrong is not None:
        raise ValueError(wrong.message if wrong is not None else "not XML")
    check_no_dtd(root, place)
    return root


def local(element: etree._Element) -> str:
    """The name without its namespace: strict and transitional files, and any prefix, are the same to us."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if local(element) == name)


def attributes_of(element: etree._Element) -> dict[str, str]:
    """The attributes by their local names."""
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def whole_number(text: str | None, default: int, most: int) -> int:
    """A count or a place as files give it: no less than none, and cut to `most`; what is no number is damage."""
    if text is None:
        return default
    digits = text.strip()
    if not digits.isdecimal():
        raise ValueError(f"“{digits[:40]}” stands where a number was expected")
    return min(int(digits[:18]), most) if len(digits) <= 18 else most
