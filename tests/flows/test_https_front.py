"""What `make run TLS=1` settles before anything starts: addresses, who listens where, what is told."""

import subprocess

import pytest
import zxingcpp
from PIL import Image

from tests.house.tree import ROOT
from tools import https_front

_HALVES = ("█▀", "█▄")


def test_people_type_this_machines_address_and_only_caddy_listens_to_the_network() -> None:
    settled = https_front.settled({})
    assert settled["PUBLIC_URL"] == f"https://{https_front.lan_address()}:8443"
    assert settled["MEDIA_URL"] == f"{settled['PUBLIC_URL']}/media"
    assert (settled["HOST"], settled["PROXIES"]) == ("127.0.0.1", "1")


def test_what_was_given_stays() -> None:
    given = {"PUBLIC_URL": "https://cho.local:9443/", "HOST": "127.0.0.2", "X": "y"}
    settled = https_front.settled(given)
    assert settled["MEDIA_URL"] == "https://cho.local:9443/media"
    assert (settled["HOST"], settled["X"]) == ("127.0.0.2", "y")
    assert https_front.settled({"HTTPS_PORT": "9443"})["PUBLIC_URL"].endswith(":9443")


def test_a_person_at_the_terminal_gets_a_code_for_the_phone_and_a_log_does_not() -> None:
    seen = https_front.words("https://192.0.2.2:8443", in_terminal=True)
    logged = https_front.words("https://192.0.2.2:8443", in_terminal=False)
    (read,) = zxingcpp.read_barcodes(picture(seen))
    assert read.text == "https://192.0.2.2:8443"
    assert "On a phone in the same Wi-Fi open https://192.0.2.2:8443" in logged
    assert "\x1b" not in "".join(logged)


def picture(lines: list[str]) -> Image.Image:
    """The code as a terminal shows it: black blocks on white, two rows of dots to a line."""
    drawn = [line.split("m", 1)[1].split("\x1b")[0] for line in lines if line.startswith("\x1b")]
    rows = [
        bytes(0 if sign in half else 255 for sign in line) for line in drawn for half in _HALVES
    ]
    size = (len(rows[0]), len(rows))
    return Image.frombytes("L", size, b"".join(rows)).resize((size[0] * 4, size[1] * 4), 0)


@pytest.mark.parametrize(("typed", "is_wanted"), [("TLS=1", True), ("TLS=0", False), ("", False)])
def test_caddy_is_installed_only_where_it_is_asked_for(typed: str, is_wanted: bool) -> None:
    command = ["make", "--dry-run", "--what-if=requirements-tls.txt", "run", *typed.split()]
    steps = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert ("-r requirements-tls.txt" in steps) == is_wanted
