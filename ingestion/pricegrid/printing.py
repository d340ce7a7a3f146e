"""What is understood of a list, line by line: as JSON for programs, as a report for people. Public.

`text_of` turns a `Message` into a text in the reader's language; unless it is given, texts are English.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from decimal import Decimal
from json.encoder import encode_basestring

from ingestion.pricegrid.fields import Field
from ingestion.pricegrid.marking import gettext_noop
from ingestion.pricegrid.records import (
    Item,
    ListRefused,
    Message,
    RowError,
    SheetUnderstanding,
    Stock,
)
from ingestion.pricegrid.rows.row_kind import RowKind
from ingestion.pricegrid.rows.taken import TakenRows
from ingestion.pricegrid.verdict import Examined, Verdict, VerdictKind

__all__ = ["error_line", "json_lines", "naming", "refusal_lines", "report", "summary_line"]

TextOf = Callable[[Message], str]
_SAMPLE_ITEMS = 10
SAMPLE_ERRORS = 10
MOST_LABELS = 5_000

IS_READ = gettext_noop("is read")
IS_NOT_READ = gettext_noop("is not read")
THE_LIST = gettext_noop("The list")
NONE = gettext_noop("none")
NOT_SAID = gettext_noop("not said")
_NO_ROWS = gettext_noop("nothing")
PLACES = gettext_noop("header rows: %(rows)s; items from row %(start)s; currency: %(currency)s")
OUTCOME = gettext_noop("%(items)s items, %(errors)s errors; skipped: %(skipped)s")
VERDICTS = {
    VerdictKind.STORED: gettext_noop("A run stores this list."),
    VerdictKind.ASKS: gettext_noop("A run asks before it stores anything of this list:"),
    VerdictKind.REFUSED: gettext_noop("A run refuses this list:"),
}

_USUAL_MEANING = tuple(Item._field_defaults[name] for name in Item._fields[Item._fields.index("notes") :])
_text = encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_lines(examined: Examined, text_of: TextOf = str) -> Generator[str, None, Verdict]:
    """One JSON object a line, in row order: every item and error, and last the summary. Returns the verdict.

    What repeats an earlier item exactly is taken once: its line says which row it `repeats`, and it counts as skipped.

    Where the list is not understood, its refusal is the only error.
    """
    if examined.refusal is not None:
        yield from refusal_lines(examined.refusal, examined.verdict(), text_of)
        return examined.verdict()
    repetitions: list[str] = []
    rows = examined.taken(
        on_repetition=lambda item, row: repetitions.append(item_line(item, text_of, repeats=row)),
    )
    for record in rows:
        yield from repetitions
        repetitions.clear()
        yield item_line(record, text_of) if isinstance(record, Item) else error_line(record, text_of)
    yield from repetitions
    verdict = examined.verdict(rows.counts)
    yield summary_line(
        examined.sheets,
        verdict,
        text_of,
        items=rows.counts.items,
        errors=rows.errors,
        skipped=rows.skipped,
        notes=examined.notes,
    )
    return verdict


def refusal_lines(refusal: ListRefused, verdict: Verdict, text_of: TextOf = str) -> Iterator[str]:
    """A list of which nothing is read: the error, which has no row, and the summary."""
    yield error_line(RowError(None, refusal.error_type, refusal.message, {}), text_of)
    yield summary_line((), verdict, text_of, errors=1)


def item_line(item: Item, text_of: TextOf = str, *, repeats: int | None = None) -> str:
    """Written by hand: it is what a large list spends its time on."""
    row, code, name, price, currency, retail, stock, path, characteristics, derived, sheet, *meaning = item
    pairs = ",".join([_LABELS[label] + _text(text) for label, text in characteristics.items()])
    again = "" if tuple(meaning) == _USUAL_MEANING else f",{_encode(_meaning_of(item, text_of))[1:-1]}"
    again += f',"repeats":{repeats}' if repeats else ""
    return (
        f'{{"kind":"item","sheet":{_quoted(sheet)},"row_number":{row},"supplier_sku":{_text(code)},"name":{_text(name)},'
        f'"price":{_shown(price)},"currency":{_quoted(currency)},"category_path":[{",".join(map(_text, path))}],'
        f'"stock":{shown_stock(stock)},"characteristics":{{{pairs}}},"retail_price":{_shown(retail)},'
        f'"sku_is_derived":{"true" if derived else "false"}{again}}}'
    )


def _meaning_of(item: Item, text_of: TextOf) -> dict[str, object]:
    """What few items say: the basis of the price, when it is in force, what buyers compare by, notes."""
    found: dict[str, object] = {"notes": list(map(text_of, item.notes))} if item.notes else {}
    if item.per_quantity != 1:
        found["per_quantity"] = item.per_quantity
    for name in ("valid_from", "valid_until"):
        if (day := getattr(item, name)) is not None:
            found[name] = day.isoformat()
    facts = {name: value for name, value in item.facts._asdict().items() if value is not None}
    return found | {name: _json_fact(value) for name, value in facts.items()}


def _json_fact(value: object) -> object:
    """Amounts and quantities are texts, as prices are: no reader makes binary fractions of them."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [{name: f"{amount:f}" for name, amount in each._asdict().items()} for each in value]
    return value


def error_line(error: RowError, text_of: TextOf = str) -> str:
    """One line of JSON; `row_number` is null where the file as a whole is refused."""
    return _encode(
        {
            "kind": "error",
            "sheet": error.sheet,
            "row_number": error.row_number,
            "error_type": str(error.error_type),
            "error_message": text_of(error.message),
            "row_data": error.row_data,
        }
    )


def summary_line(
    sheets: Iterable[SheetUnderstanding],
    verdict: Verdict,
    text_of: TextOf = str,
    *,
    items: int = 0,
    errors: int = 0,
    skipped: Mapping[str, int] | None = None,
    notes: Iterable[Message] = (),
) -> str:
    read = [
        {
            "sheet": sheet.name,
            "header_rows": sheet.header_rows,
            "columns": {guess.letter: guess.field for guess in sheet.columns},
            "currency": sheet.currency,
        }
        for sheet in sheets
        if sheet.chosen
    ]
    return _encode(
        {
            "kind": "summary",
            "sheets": read,
            "items": items,
            "errors": errors,
            "skipped": {RowKind.SECTION: 0, RowKind.BLANK: 0, **(skipped or {})},
            "verdict": verdict.kind,
            "questions": [text_of(question) for question in verdict.questions],
            "notes": [text_of(note) for note in notes],
        }
    )


def naming(file: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines of `json_lines`, each of which names its file."""
    start = f'{{"file":{_encode(file)},'
    return (start + line[1:] for line in lines)


class _Labels(dict[str, str]):
    """Labels are the same in every row: each is quoted once."""

    def __missing__(self, label: str) -> str:
        if len(self) > MOST_LABELS:
            self.clear()
        quoted = self[label] = f"{_text(label)}:"
        return quoted


_LABELS = _Labels()


def shown_price(price: Decimal) -> str:
    """At least two decimals."""
    text = str(price)
    return text if text[-3:-2] == "." or len(text.partition(".")[2]) > 2 else f"{price:.2f}"


def _shown(price: Decimal | None) -> str:
    return "null" if price is None else f'"{shown_price(price)}"'


def shown_stock(stock: Stock | None) -> str:
    """A quantity, else a word, as JSON."""
    if stock is None or (stock.quantity is None and not stock.availability):
        return "null"
    return f'"{stock.availability}"' if stock.quantity is None else str(stock.quantity)


def _quoted(text: str | None) -> str:
    return "null" if text is None else _text(text)


def report(examined: Examined, text_of: TextOf = str) -> Generator[str, None, Verdict]:
    """The same for people: the sheets, the columns with their reasons, the verdict, a sample of what comes out.

    Raises ListRefused where the list is not understood, after the questions whose answers would get it read.
    """
    if examined.refusal is not None:
        verdict = examined.verdict()
        if verdict.kind is VerdictKind.ASKS:
            yield from _verdict_report(verdict, text_of)
        raise examined.refusal
    for sheet in examined.sheets:
        yield from _sheet_report(sheet, text_of)
    items: list[Item] = []
    errors: list[RowError] = []
    rows = examined.taken()
    for record in rows:
        if isinstance(record, RowError):
            errors += [record] if len(errors) < SAMPLE_ERRORS else []
        elif len(items) < _SAMPLE_ITEMS:
            items.append(record)
    verdict = examined.verdict(rows.counts)
    yield _outcome(rows, text_of)
    yield from _verdict_report(verdict, text_of)
    yield from map(_item_report, items)
    for error in errors:
        yield f"  {error.row_number:>6}  {text_of(error.message)}"
    return verdict


def _verdict_report(verdict: Verdict, text_of: TextOf) -> Iterator[str]:
    yield text_of(Message(VERDICTS[verdict.kind]))
    yield from (f"  {text_of(message)}" for message in verdict.said)


def _sheet_report(sheet: SheetUnderstanding, text_of: TextOf) -> Iterator[str]:
    verdict = text_of(Message(IS_READ if sheet.chosen else IS_NOT_READ))
    yield f"{sheet.name or text_of(Message(THE_LIST))}: {verdict} ({text_of(sheet.reason)})"
    if not sheet.chosen:
        return
    rows = ", ".join(map(str, sheet.header_rows)) or Message(NONE)
    places = {"rows": rows, "start": sheet.data_start_row, "currency": sheet.currency or Message(NOT_SAID)}
    yield "  " + text_of(Message(PLACES, places))
    for guess in sheet.columns:
        if guess.field != Field.IGNORE:
            sure = f"{guess.letter:>3} {guess.field:15} {guess.confidence:4.0%}"
            yield f"  {sure}  {guess.header[:40]!r}: {text_of(guess.reason)}"


def _outcome(rows: TakenRows, text_of: TextOf) -> str:
    skipped = ", ".join(f"{kind} {count}" for kind, count in sorted(rows.skipped.items())) or Message(_NO_ROWS)
    return text_of(Message(OUTCOME, {"items": rows.counts.items, "errors": rows.errors, "skipped": skipped}))


def _item_report(item: Item) -> str:
    price = f"{shown_price(item.price)} {item.currency or ''}" if item.price is not None else ""
    what = f"{item.row_number:>6}  {item.supplier_sku[:24]:24}  {item.name[:60]:60}"
    return f"  {what}  {price}  {' > '.join(item.category_path)}"
