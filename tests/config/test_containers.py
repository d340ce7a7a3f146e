"""The compose file and the Dockerfile are loaded, and every variable, command and path in them looked up."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT: Path = settings.BASE_DIR
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OWN = [name for name, service in SERVICES.items() if "build" in service]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def instructions(word: str) -> list[str]:
    return [line.removeprefix(word).strip() for line in DOCKERFILE if line.startswith(f"{word} ")]


def commands() -> Iterator[tuple[str, list[str]]]:
    yield "Dockerfile", re.findall(r'"([^"]+)"', instructions("CMD")[0])
    yield from ((name, SERVICES[name]["command"]) for name in OWN if "command" in SERVICES[name])


def test_what_the_issue_of_a_deployment_needs_is_there() -> None:
    assert set(SERVICES) == {"proxy", "postgres", "redis", "migrate", "web", "worker", "previews", "scheduler"}
    assert SERVICES["postgres"]["image"] == "postgres:16"
    assert SERVICES["redis"]["image"] == "redis:7"
    assert set(OWN) == {"migrate", "web", "worker", "previews", "scheduler"}


def test_people_reach_the_proxy_and_nothing_else() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert {"max-size", "max-file"} <= set(service["logging"]["options"])
    assert name == "migrate" or re.fullmatch(r"\d+[ms]", service["stop_grace_period"])
    if name not in ("postgres", "redis"):  # their images drop root themselves
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]


def proxy_settings(tmp_path: Path, **environment: str) -> str:
    """What the proxy would be started with: a program of its name prints it."""
    stand_in = tmp_path / "nginx"
    stand_in.write_text('#!/bin/sh\nwhile [ "$1" != -c ]; do shift; done; cat "$2"\n')
    stand_in.chmod(0o755)
    given = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TMPDIR": str(tmp_path), **environment}
    done = subprocess.run([ROOT / "deploy" / "start-proxy"], env=given, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize(
    ("behind", "protocol", "trusted"), [("false", "$scheme", False), ("true", "$http_x_forwarded_proto", True)]
)
def test_the_proxy_believes_another_one_only_where_it_is_told_so(
    tmp_path: Path, behind: str, protocol: str, trusted: bool
) -> None:
    found = proxy_settings(tmp_path, BEHIND_PROXY=behind, PRICE_LIST_MAX_MB="50")
    assert "@" not in found.replace("two @ is", "")
    assert "client_max_body_size 60m;" in found
    assert f"X-Forwarded-Proto {protocol};" in found
    assert ("real_ip_header X-Forwarded-For;" in found) is trusted
    assert "X-Forwarded-For $remote_addr;" in found


def test_every_variable_that_the_app_gets_is_read_by_the_settings() -> None:
    source = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    given = {name for service in OWN for name in SERVICES[service]["environment"]}
    assert {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "MEDIA_ROOT"} <= given
    assert not [name for name in given if f'"{name}"' not in source]


def test_every_variable_that_the_file_takes_is_in_the_example() -> None:
    taken = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert not [name for name in taken - {"VERSION"} if not re.search(rf"^{name}=", example, re.MULTILINE)]


def test_settings_that_the_file_does_not_name_reach_the_containers_too() -> None:
    assert all({"path": ".env", "required": False} in SERVICES[name]["env_file"] for name in OWN)


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "ALLOWED_HOSTS"):
        assert re.search(rf"\$\{{{name}:\?", text)
        assert not re.search(rf"\$\{{{name}:?-", text)
        assert re.search(rf"^{name}=(catalog.example.com)?$", (ROOT / ".env.example").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    ("where", "words"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_exists(where: str, words: list[str]) -> None:
    if words[0] == "gunicorn":
        assert words[1:] == ["config.wsgi", "--config", "config/gunicorn.py"]
        assert (ROOT / words[3]).is_file()
        return
    assert words[:2] == ["python", "manage.py"]
    command = load_command_class(get_commands()[words[2]], words[2])
    command.create_parser("manage.py", words[2]).parse_args(words[3:])


def test_the_workers_serve_every_queue() -> None:
    worker, scheduler = SERVICES["worker"]["command"], SERVICES["scheduler"]["command"]
    assert set(settings.RQ_QUEUES) <= set(worker)
    assert set(settings.RQ_QUEUES) <= set(scheduler)


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_restarted_and_says_how_it_is(name: str) -> None:
    if name == "migrate":
        assert SERVICES[name]["restart"] == "no"
    else:
        assert SERVICES[name]["restart"] == "unless-stopped"
        assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", ["web", "worker", "previews", "scheduler"])
def test_nothing_starts_before_the_migrations_are_done(name: str) -> None:
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_every_mounted_volume_and_secret_is_declared() -> None:
    for service in SERVICES.values():
        mounted = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert {name for name in mounted if not name.startswith((".", "/"))} <= set(COMPOSE["volumes"])
        assert all((ROOT / name).exists() for name in mounted if name.startswith("."))
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    assert SERVICES["web"]["environment"]["MEDIA_ROOT"] == "/app/media"
    assert SERVICES["web"]["volumes"] == ["media:/app/media", "/app/tmp"]
    assert instructions("VOLUME") == ["/app/media /app/tmp"]
    assert "TMPDIR=/app/tmp" in instructions("ENV")[1]


def test_every_path_that_is_copied_exists_and_reaches_the_builder() -> None:
    allowed = {
        line[1:].removesuffix("/**")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    for line in instructions("COPY"):
        words = [word for word in shlex.split(line) if not word.startswith("--from")]
        if "--from=build" in line:
            continue
        for source in words[:-1]:
            assert (ROOT / source).exists(), source
            assert source in allowed


def test_all_apps_are_in_the_image() -> None:
    copied = " ".join(instructions("COPY"))
    assert not [app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir() and f" {app}" not in copied]


def test_the_image_runs_as_somebody_unprivileged() -> None:
    names = [line.split()[0] for line in DOCKERFILE if line]
    assert instructions("USER") == ["app"]
    assert any("useradd" in line and line.endswith(" app") for line in instructions("RUN"))
    assert names.index("USER") < names.index("CMD")
    assert len(instructions("FROM")) == 2
