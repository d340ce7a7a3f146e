"""Addresses of servers, with the options that stand in them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit


def with_query(address: str, **options: object) -> str:
    """The address with these options; what it says itself wins."""
    parts = urlsplit(address)
    return parts._replace(query=urlencode({**options, **dict(parse_qsl(parts.query))})).geturl()
