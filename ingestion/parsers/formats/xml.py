"""XML from strangers: safely parsed, and read by local names, so that no namespace or prefix matters."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree


def parse_xml(content: bytes) -> etree._Element:
    """The root, with nothing fetched and no entity expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True)
    root = etree.fromstring(content, parser)
    if root is None:
        raise ValueError("not XML")
    return root


def local(element: etree._Element) -> str:
    """The name without its namespace: strict and transitional files, and any prefix, are the same to us."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter() if local(element) == name)


def named(element: etree._Element) -> dict[str, str]:
    """The attributes by their local names."""
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
