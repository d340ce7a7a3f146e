"""The inputs of the mapping screen, which follow from the reading settings that there are."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from ingestion.pricegrid.settings import READING_SETTINGS, Setting, SettingKind

# Said at the sheets and above their columns.
ELSEWHERE = frozenset({SettingKind.SHEETS, SettingKind.MAPPING, SettingKind.COLUMNS})


class Input(NamedTuple):
    """`kind` decides how it is drawn and what mapping.js makes of it; `choices` are values and labels, "" as found."""

    name: str
    kind: str
    label: str
    choices: list[tuple[str, str]]


def inputs() -> list[Input]:
    return [
        Input(each.name, each.kind, _(each.label), choices(each))
        for each in READING_SETTINGS
        if each.kind not in ELSEWHERE
    ]


def choices(setting: Setting) -> list[tuple[str, str]]:
    """What is said by choosing nothing comes first."""
    if not setting.choices:
        return []
    others = [(value, _(label)) for value, label in setting.choices.items() if value != setting.default]
    return [("", _("as found")), *others]
