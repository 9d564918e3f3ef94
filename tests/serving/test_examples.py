"""The examples say what docs/operators.md says of them."""

from __future__ import annotations

import configparser
import re
import shlex

import pytest
from click.testing import CliRunner

from survey.bodies import MOST_BYTES
from survey.cli import survey
from tests.rules.sources import ROOT

EXAMPLES = ROOT / "docs" / "examples"
UNITS = sorted(path.name for path in EXAMPLES.glob("vielstimmig*"))
RUNNING = ["vielstimmig@.service", "vielstimmig-release@.service"]
UNIT_SIZES = {"k": 1024, "m": 1024**2}


def nginx() -> list[str]:
    """The directives of the configuration, comments left out."""
    text = re.sub(r"(?m)^\s*#.*$", "", (EXAMPLES / "nginx.conf").read_text())
    return [" ".join(one.split()) for one in re.split(r"[;{}]", text) if one.strip()]


def given(name: str) -> list[str]:
    return [line.removeprefix(f"{name} ") for line in nginx() if line.startswith(name)]


def size(name: str) -> int:
    [value] = given(name)
    return int(value[:-1]) * UNIT_SIZES[value[-1]]


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read_string((EXAMPLES / name).read_text(encoding="utf-8"))
    return read


def test_nginx_logs_nothing_anywhere():
    assert given("access_log") == ["off"]
    assert given("error_log") == ["/dev/null emerg"]


def test_bodies_of_requests_fit_into_memory():
    assert size("client_body_buffer_size") > size("client_max_body_size")
    assert given("client_body_in_file_only") == ["off"]
    assert given("proxy_max_temp_file_size") == ["0"]
    folders = [line for line in nginx() if "_temp_path " in line]
    assert len(folders) == 5
    assert all(line.split()[1].startswith("/run/") for line in folders)


def test_what_is_too_large_is_answered_by_the_application_in_words():
    assert size("client_max_body_size") >= 2 * MOST_BYTES


def test_headers_about_the_client_are_set_and_never_added_to():
    headers = dict(line.split(" ", 1) for line in given("proxy_set_header"))
    assert headers["X-Forwarded-For"] == "$remote_addr"
    assert headers["X-Forwarded-Host"] == headers["Host"] == "$host"
    assert headers["Forwarded"] == '""'
    assert not [line for line in nginx() if "proxy_add_x_forwarded_for" in line]


def test_an_answer_is_never_sent_twice_by_nginx():
    assert given("proxy_next_upstream") == ["off"]


def test_pages_leave_with_the_length_they_were_given():
    assert given("gzip") == ["off"]


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_can_be_read_and_describes_itself(name):
    assert unit(name)["Unit"]["Description"].endswith("instance %i")


@pytest.mark.parametrize("name", RUNNING)
def test_what_is_in_memory_reaches_no_disk(name):
    service = unit(name)["Service"]
    assert service["MemorySwapMax"] == service["LimitCORE"] == "0"
    assert service["UMask"] == "0077"


@pytest.mark.parametrize("name", RUNNING)
def test_a_unit_writes_into_its_own_instance_only(name):
    service = unit(name)["Service"]
    folder = service["Environment"].removeprefix("SURVEY_INSTANCE=")
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"] == folder == "/var/lib/vielstimmig/%i"


@pytest.mark.parametrize("name", RUNNING)
def test_the_command_of_a_unit_exists_with_its_options(name):
    program, command, *options = shlex.split(unit(name)["Service"]["ExecStart"])
    assert program.endswith("/bin/survey")
    told = CliRunner().invoke(survey, [command, "--help"]).output
    assert all(option in told for option in options if option.startswith("--"))


def test_the_timer_dates_nothing_in_the_journal():
    assert unit("vielstimmig-release@.service")["Service"]["StandardOutput"] == "null"


def test_nginx_and_the_units_name_the_same_socket():
    [target] = given("proxy_pass")
    path = unit("vielstimmig@.socket")["Socket"]["ListenStream"]
    assert target == f"http://unix:{path.replace('%i', '$instance')}:"


def test_the_server_has_time_to_end_in_good_order():
    from survey.cli.server import STOP_SECONDS

    seconds = int(unit("vielstimmig@.service")["Service"]["TimeoutStopSec"])
    assert seconds >= STOP_SECONDS + 10
