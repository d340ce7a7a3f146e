"""Docker or podman, and its compose."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from containers.steps import Failed

# For small virtual machines: cgroups of version 1, no systemd, limits that cannot be raised.
PODMAN_SETTINGS = """\
[containers]
default_ulimits = ["nofile=8192:8192", "nproc=8192:8192"]
init_path = "{init}"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""
HEALTHY_SECONDS = 180


class Engine:
    def __init__(self, compose: Sequence[str]) -> None:
        self.program = "docker" if shutil.which("docker") and is_answering("docker") else "podman"
        self.compose_words = list(compose) or self._own_compose()
        self.environment = dict(os.environ)
        if self.program == "podman":
            self.environment["CONTAINERS_CONF"] = podman_settings()

    def _own_compose(self) -> list[str]:
        return ["docker", "compose"] if self.program == "docker" else ["podman-compose"]

    def run(self, *words: str, seconds: float = 1200, given: bytes | None = None) -> str:
        return self._done([self.program, *words], seconds=seconds, given=given)

    def works(self, *words: str) -> bool:
        try:
            self.run(*words, seconds=120)
        except Failed:
            return False
        return True

    def compose(self, folder: Path, *words: str, options: Sequence[str] = (), seconds: float = 1200) -> str:
        return self._done([*self.compose_words, *options, *words], seconds=seconds, folder=folder)

    def _done(
        self, command: list[str], *, seconds: float, folder: Path | None = None, given: bytes | None = None
    ) -> str:
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=self.environment,
                input=given,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except FileNotFoundError as error:
            raise Failed(f"{command[0]} is not installed: see docs/containers.md") from error
        except subprocess.TimeoutExpired as error:
            raise Failed(f"{' '.join(command[:4])} took more than {seconds:.0f} s") from error
        output = done.stdout.decode(errors="replace")
        if done.returncode:
            said = (output + done.stderr.decode(errors="replace")).strip()
            raise Failed(f"{' '.join(command[:6])} ended with {done.returncode}: {said[-2000:]}")
        return output

    def logs(self, container: str) -> str:
        """Both streams, each line with its time."""
        done = subprocess.run(
            [self.program, "logs", "--timestamps", container],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=True,
        )
        return done.stdout.decode(errors="replace")

    def container(self, project: str, service: str) -> str:
        names = self.run(
            "ps", "--all", "--format", "{{.Names}}",
            "--filter", f"label=com.docker.compose.project={project}",
            "--filter", f"label=com.docker.compose.service={service}",
        ).split()  # fmt: skip
        if len(names) != 1:
            raise Failed(f"{service} has {len(names)} containers")
        return names[0]

    def inspect(self, container: str) -> Mapping[str, Any]:
        found: list[dict[str, Any]] = json.loads(self.run("inspect", container))
        return found[0]

    def wait_until_healthy(self, container: str) -> float:
        """Asks the health check itself: where no systemd runs, podman does not do so by itself."""
        began = time.monotonic()
        while time.monotonic() - began < HEALTHY_SECONDS:
            if self.is_healthy(container):
                return time.monotonic() - began
            time.sleep(0.5)
        raise Failed(f"{container} is not healthy after {HEALTHY_SECONDS} s: {self.logs(container)[-1500:]}")

    def is_healthy(self, container: str) -> bool:
        if self.program == "podman":
            return self.works("healthcheck", "run", container)
        state = self.inspect(container)["State"]
        return bool(state["Running"] and state["Health"]["Status"] == "healthy")


def is_answering(program: str) -> bool:
    try:
        return subprocess.run([program, "info"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def podman_settings() -> str:
    path = Path(tempfile.mkdtemp(prefix="containers-try-")) / "containers.conf"
    path.write_text(PODMAN_SETTINGS.format(init=shutil.which("catatonit") or "/usr/libexec/podman/catatonit"))
    return str(path)
