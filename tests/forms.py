"""Forms as a browser sends them: what the page holds, with what its person changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.test import Client
from lxml import html


def opened(client: Client, url: str) -> dict[str, list[str]]:
    """What the form of an object's page would send."""
    page: Any = html.fromstring(client.get(url).content)
    (form,) = [form for form in page.forms if form.method == "POST" and form.get("id", "").endswith("_form")]
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value or "")
    return sent


def save(client: Client, url: str, form: Mapping[str, Any] | None = None, **changes: Any) -> Any:
    """Saves a form that was opened before, or is opened now; a change of None leaves the field out."""
    data = {**(form if form is not None else opened(client, url)), **changes}
    return client.post(url, {name: value for name, value in data.items() if value is not None})
