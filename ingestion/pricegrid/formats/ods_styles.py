"""Styles of OpenDocument, as far as understanding a list needs them, and its number formats in Excel's notation."""

from __future__ import annotations

import re

from lxml import etree

from ingestion.pricegrid.cells.grid import Style
from ingestion.pricegrid.formats.limits import Limits
from ingestion.pricegrid.formats.number_formats import FORMAT_CODE
from ingestion.pricegrid.formats.xml import attributes_of, local, whole_number
from ingestion.pricegrid.marking import gettext_noop

_STYLES = gettext_noop("styles")
DATA_STYLES = ("number-style", "currency-style", "percentage-style", "date-style", "time-style", "text-style")
_PARTS = {"day": "d", "month": "m", "year": "yy", "hours": "h", "minutes": "mm", "seconds": "ss", "am-pm": "AM/PM"}
_NUMBER = re.compile(r"[\d.]{1,20}")
_CODE = re.compile("[A-Z]{3}")
_SHOWN = re.compile(r'\[\$[^\]]*\]|"[^"]*"')
_MOST_DIGITS = 100
POINTS_OF = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75}
_INDENT = 10.0  # points that one step of indentation is worth
_WHITE = ("#ffffff", "transparent")
_PLAIN = Style()


class Styles:
    """Learnt element by element while the XML passes by."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.formats: dict[str, str] = {}
        self.looks: dict[str, Style] = {}
        self.hidden: set[str] = set()
        self.struck_out: set[str] = set()  # of runs of a text
        self.raised: set[str] = set()
        self.priced: dict[tuple[str, str], Style] = {}

    def look(self, name: str, currency: str = "") -> Style | None:
        """How a cell looks, with the currency that it names of itself: its format may show another, or none."""
        look = self.looks.get(name)
        if not _CODE.fullmatch(currency):
            return look
        if (name, currency) not in self.priced:
            self.priced[name, currency] = with_currency(look or _PLAIN, currency)
        return self.priced[name, currency]

    def hides(self, name: str) -> bool:
        return name in self.hidden

    def learn(self, tag: str, element: etree._Element) -> None:
        own = attributes_of(element)
        self.limits.check_count(len(self.formats) + len(self.looks), self.limits.styles, _STYLES, "XML")
        if tag in DATA_STYLES:
            code = self.formats[own.get("name", "")] = _number_format(element)
            self.limits.check_count(len(code), self.limits.format_code, FORMAT_CODE, "XML")
        elif tag == "style" and own.get("family") == "table-cell":
            self.looks[own.get("name", "")] = self.style(element, own)
        elif tag == "style" and own.get("family") == "text":
            self.learn_run(own.get("name", ""), element)
        elif tag == "style" and any(attributes_of(child).get("display") == "false" for child in element):
            self.hidden.add(own.get("name", ""))

    def learn_run(self, name: str, element: etree._Element) -> None:
        says = {key: value for child in element for key, value in attributes_of(child).items()}
        if says.get("text-line-through-style", "none") != "none":
            self.struck_out.add(name)
        if says.get("text-position", "").startswith("super"):
            self.raised.add(name)

    def style(self, element: etree._Element, own: dict[str, str]) -> Style:
        """What the style itself says, over what its parent says."""
        parent = self.looks.get(own.get("parent-style-name", ""), _PLAIN)
        says = {key: value for child in element for key, value in attributes_of(child).items()}
        colour = says.get("background-color", "")
        return Style(
            number_format=self.formats.get(own.get("data-style-name", ""), parent.number_format),
            bold=says["font-weight"] == "bold" if "font-weight" in says else parent.bold,
            fill=(None if colour in _WHITE else colour.lstrip("#").upper()) if colour else parent.fill,
            indent=round(points(says["margin-left"]) / _INDENT) if "margin-left" in says else parent.indent,
            font_size=points(says["font-size"]) if "font-size" in says else parent.font_size,
            italic=says["font-style"] == "italic" if "font-style" in says else parent.italic,
            struck_out=says["text-line-through-style"] != "none"
            if "text-line-through-style" in says
            else parent.struck_out,
        )


def with_currency(look: Style, currency: str) -> Style:
    """The look in a format that shows the currency's code in place of what it showed."""
    number = _SHOWN.sub("", look.number_format).replace("General", "0")
    return look._replace(number_format=f"{number} [${currency}]")


def points(length: str) -> float:
    found = _NUMBER.match(length)
    return float(found[0]) * POINTS_OF.get(length[found.end() :], 1.0) if found else 0.0


def _number_format(element: etree._Element) -> str:
    return "".join(map(format_part, element)) or "General"


def format_part(element: etree._Element) -> str:
    tag, own = local(element), attributes_of(element)
    if tag == "number":
        whole = "0" * whole_number(own.get("min-integer-digits"), 1, _MOST_DIGITS)
        places = whole_number(own.get("decimal-places"), 0, _MOST_DIGITS)
        return ("#,##" if own.get("grouping") == "true" else "") + whole + ("." + "0" * places if places else "")
    if tag == "currency-symbol":
        return f"[${element.text or ''}]"
    if tag in ("text", "text-content"):
        return f'"{element.text}"' if tag == "text" and element.text else "@"
    return _PARTS.get(tag, "")
