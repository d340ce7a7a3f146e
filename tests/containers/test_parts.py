"""The parts of `containers/try` that need no containers: what it expects, what it reads, what it takes for an error."""

from __future__ import annotations

import runpy
import stat
from pathlib import Path

import pytest
from django.conf import settings

from containers import pip_settings, weeks
from containers.__main__ import ERROR
from containers.person import Reader, multipart
from containers.site import moment_of
from containers.steps import Failed, Steps, check


@pytest.mark.parametrize("week", range(1, 12))
def test_each_week_differs_from_the_one_before_as_is_expected_of_it(week: int) -> None:
    before = {code: cost for code, _name, cost in weeks.rows(week - 1)}
    now = {code: cost for code, _name, cost in weeks.rows(week)}
    expected = weeks.expected(week)
    assert expected.new == len(now.keys() - before.keys())
    assert expected.missing == len(before.keys() - now.keys())
    assert expected.changed == sum(now[code] != before[code] for code in now.keys() & before.keys())
    assert expected.total_rows == weeks.csv(week).count(b"\n") - 1


@pytest.mark.parametrize(
    "line",
    [
        '{"message": "x", "at": "2026-11-29T14:03:30", "level": "ERROR", "logger": "gunicorn.error"}',
        "2026-11-29 13:43:48.638 UTC [1] FATAL:  the database system is starting up",
        "2026/11/29 14:03:39 [emerg] 6#6: mkdir() failed (13: Permission denied)",
        "Traceback (most recent call last):",
    ],
)
def test_an_error_is_seen(line: str) -> None:
    assert ERROR.search(line)


@pytest.mark.parametrize(
    "line",
    [
        '{"message": "Starting gunicorn 27.0.1", "level": "INFO", "logger": "gunicorn.error"}',
        "2026-11-29 13:43:48.681 UTC [1] LOG:  database system is ready to accept connections",
        "1:M 29 Nov 2026 13:43:44.332 * Ready to accept connections tcp",
        "  Applying auth.0007_alter_validators_add_error_messages... OK",
    ],
)
def test_what_is_no_error_is_let_pass(line: str) -> None:
    assert not ERROR.search(line)


def test_a_form_is_sent_as_the_page_has_it() -> None:
    reader = Reader()
    reader.feed("""
        <link rel="stylesheet" href="/a.css"><script src="/a.js"></script>
        <input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="checkbox" name="on" checked>
        <input type="checkbox" name="off"><input type="submit" name="save" value="Save"><input type="file" name="file">
        <select name="kind"><option value="a">A</option><option value="b" selected>B</option></select>
        <select name="first"><option value="x">X</option><option value="y">Y</option></select>
        <textarea name="config">\n{}</textarea>
    """)
    assert reader.fields == {
        "csrfmiddlewaretoken": "t", "on": "on", "kind": "b", "first": "x", "config": "{}",
    }  # fmt: skip
    assert (reader.stylesheets, reader.scripts) == (["/a.css"], ["/a.js"])
    body = multipart({"a": "1"}, ("file", "week.csv", b"Code;Price\n"), "line")
    assert body.count(b"--line") == 3
    assert b'filename="week.csv"' in body


def test_the_moments_of_both_engines_are_read() -> None:
    given = ("2026-11-29T13:43:44.332123456Z", "2026-11-29T13:43:44.332123456+00:00")
    assert len({moment_of(text) for text in given} - {None}) == 1
    assert moment_of("time=") is None


def test_the_first_failure_ends_the_trial_and_stands_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    steps = Steps()
    with steps.step("good") as step:
        step.found = "all of it"
    with pytest.raises(Failed), steps.step("bad"):
        check(False, "half of it")
    assert [each.is_good for each in steps.done] == [True, False]
    assert "| bad | FAILED |" in steps.table()
    assert "FAIL" in capsys.readouterr().out


def test_the_settings_of_pip_are_lent_with_what_they_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheels, index = tmp_path / "wheels", tmp_path / "index" / "simple"
    wheels.mkdir()
    index.mkdir(parents=True)
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", f"file://{index}")
    options = pip_settings.build_options(tmp_path)
    assert f"--volume={wheels}:{wheels}:ro" in options
    assert f"--volume={index.parent}:{index.parent}:ro" in options
    assert f"find-links = {wheels}" in (tmp_path / "pip.conf").read_text()


def test_it_can_be_started() -> None:
    script: Path = settings.BASE_DIR / "containers" / "try"
    assert script.stat().st_mode & stat.S_IXUSR
    assert "main" in runpy.run_path(str(settings.BASE_DIR / "containers" / "__main__.py"), run_name="not_main")
