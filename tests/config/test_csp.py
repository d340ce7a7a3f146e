import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.template.loaders import app_directories, filesystem
from django.test import Client

from config.csp import REPLACED, nonced

OURS = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


def policy_of(answer) -> str:
    return str(answer.headers["Content-Security-Policy"])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/health/", "/nowhere", "/admin/%00"])
def test_every_answer_has_the_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    policy = policy_of(answer)
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.django_db
def test_a_nonce_is_of_one_answer_and_stands_in_its_scripts(client: Client) -> None:
    nonces = set()
    for _ in range(2):
        answer = client.get("/admin/login/")
        [nonce] = re.findall(r"script-src 'self' 'nonce-([\w-]+)'", policy_of(answer))
        nonces.add(nonce)
        tags = re.findall(r"<(?:script|style)\b[^>]*>", answer.content.decode())
        assert len(tags) > 5
        assert all(f'nonce="{nonce}"' in tag for tag in tags)
    assert len(nonces) == 2


def test_a_value_in_a_template_gets_no_nonce() -> None:
    template = Engine(builtins=["config.csp"]).from_string(nonced("x.html", "{{ value|safe }}<script src=a></script>"))
    assert "<script>bad()" in template.render(Context({"value": "<script>bad()</script>"}))


def source(name: str) -> str:
    engine = Engine.get_default()
    for loader in (filesystem.Loader(engine, []), app_directories.Loader(engine)):
        for origin in loader.get_template_sources(name):
            if Path(origin.name).exists():
                return Path(origin.name).read_text(encoding="utf-8")
    raise AssertionError(name)


@pytest.mark.parametrize("name", REPLACED)
def test_what_is_replaced_in_templates_of_packages_still_stands_there(name: str) -> None:
    for old, new in REPLACED[name]:
        text = source(name)
        assert old in text if isinstance(old, str) else old.search(text), (name, old)
        assert new in nonced(name, text)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_templates_hold_no_script_and_no_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\son[a-z]+=|javascript:|<style|<script(?![^>]*\ssrc=)", text)
