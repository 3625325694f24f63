"""What `make run` starts: ended together, started again, nothing left behind; the shop without video."""

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.support.server import free_port
from tests.support.supervised import Row, Supervised, is_running, is_there, waited
from tools.serve import Place, main

SHOP, VIDEO = Row("shop", is_the_point=True), Row("video")
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True)"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_stop_it_ends_all(tmp_path: Path, number: signal.Signals) -> None:
    with Supervised(tmp_path, SHOP, VIDEO) as all_of_it:
        pids = [*all_of_it.pids("shop"), *all_of_it.pids("video")]
        all_of_it.tell(number)
        assert (all_of_it.ended(), [is_there(pid) for pid in pids]) == (0, [False, False])


def test_who_does_not_leave_in_time_is_ended(tmp_path: Path) -> None:
    deaf = Row("video", f"{STUBBORN}; time.sleep(60)")
    with Supervised(tmp_path, SHOP, deaf) as all_of_it:
        waited(lambda: "deaf" in all_of_it.log)
        (pid,) = all_of_it.pids("video")
        all_of_it.tell(signal.SIGTERM)
        assert (all_of_it.ended(), is_there(pid)) == (0, False)
        assert "video did not leave in time and is ended." in all_of_it.log


def test_told_twice_it_waits_for_nobody(tmp_path: Path) -> None:
    deaf = Row("video", f"{STUBBORN}; time.sleep(60)")
    shop = Row("shop", f"{STUBBORN}; time.sleep(60)", is_the_point=True)
    with Supervised(tmp_path, shop, deaf, leave_s=60) as all_of_it:
        waited(lambda: all_of_it.log.count("deaf") == 2)
        for number in (signal.SIGINT, signal.SIGTERM):
            all_of_it.tell(number)
        assert all_of_it.ended() == 0


def test_a_video_engine_that_is_killed_comes_back_and_the_shop_notices_nothing(
    tmp_path: Path,
) -> None:
    with Supervised(tmp_path, SHOP, VIDEO) as all_of_it:
        (shop,) = all_of_it.pids("shop")
        (first,) = all_of_it.pids("video")
        os.kill(first, signal.SIGKILL)
        again = all_of_it.pids("video", 2)
        assert (is_there(first), is_there(again[1]), is_there(shop)) == (False, True, True)
        assert (
            all_of_it.log.count("video ended (exit code 137); it is started again in 0.1 s.") == 1
        )
        assert all_of_it.pids("shop") == [shop]


def test_what_ends_at_once_is_tried_later_each_time(tmp_path: Path) -> None:
    with Supervised(tmp_path, SHOP, Row("video", "sys.exit(4)")) as all_of_it:
        all_of_it.pids("video", 4)
        said = [line for line in all_of_it.log.splitlines() if "started again" in line]
        assert [line.split()[-2] for line in said[:3]] == ["0.1", "0.2", "0.4"]


def test_a_shop_that_ends_ends_everything_with_its_exit_code(tmp_path: Path) -> None:
    with Supervised(
        tmp_path, Row("shop", "time.sleep(0.5); sys.exit(3)", True), VIDEO
    ) as all_of_it:
        (video,) = all_of_it.pids("video")
        assert (all_of_it.ended(), is_there(video)) == (3, False)
        assert "shop ended (exit code 3), so everything ends." in all_of_it.log


def test_a_shop_that_is_killed_ends_everything(tmp_path: Path) -> None:
    with Supervised(tmp_path, SHOP, VIDEO) as all_of_it:
        (video,) = all_of_it.pids("video")
        os.kill(all_of_it.pids("shop")[0], signal.SIGKILL)
        assert (all_of_it.ended(), is_there(video)) == (137, False)


def test_what_a_program_left_behind_ends_with_it(tmp_path: Path) -> None:
    leaves = (
        "child = os.fork()\nif child: print('left', child, flush=True); sys.exit(1)\ntime.sleep(60)"
    )
    with Supervised(tmp_path, SHOP, Row("video", leaves)) as all_of_it:
        waited(lambda: "left" in all_of_it.log)
        left = int(all_of_it.log.split("left ")[1].split()[0])
        waited(lambda: not is_running(left))


def test_a_supervisor_that_is_killed_leaves_no_orphans(tmp_path: Path) -> None:
    with Supervised(tmp_path, SHOP, VIDEO) as all_of_it:
        pids = [*all_of_it.pids("shop"), *all_of_it.pids("video")]
        all_of_it.tell(signal.SIGKILL)
        waited(lambda: not any(is_running(pid) for pid in pids))


def test_a_hindered_program_is_told_of_once_and_starts_when_it_can(tmp_path: Path) -> None:
    hindrance = tmp_path / "hindrance"
    hindrance.touch()
    with Supervised(tmp_path, SHOP, Row("video", hindrance=str(hindrance))) as all_of_it:
        all_of_it.pids("shop")
        waited(lambda: f"{hindrance} is there. It starts by itself once it can." in all_of_it.log)
        hindrance.unlink()
        all_of_it.pids("video")
        assert all_of_it.log.count("is there.") == 1
        assert "video can start now." in all_of_it.log


def test_each_line_of_another_program_carries_its_name_and_the_shops_comes_as_it_is(
    tmp_path: Path,
) -> None:
    speaks = "sys.stderr.write('one\\ntw'); sys.stderr.flush(); time.sleep(0.1); sys.exit('o')"
    with Supervised(tmp_path, SHOP, Row("video", speaks)) as all_of_it:
        waited(lambda: "video | two" in all_of_it.log)
        assert "\nvideo | one\n" in all_of_it.log
        assert f"\nshop up {all_of_it.pids('shop')[0]}\n" in f"\n{all_of_it.log}"


def test_a_taken_port_is_named_with_what_to_type() -> None:
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        port = taken.getsockname()[1]
        why_not = Place("127.0.0.1", port, "MEDIA_PORT", is_tls=True).why_not()
    assert f"port {port} is not free" in why_not
    assert f"type make run MEDIA_PORT={port + 10} TLS=1." in why_not


def test_an_address_of_another_machine_is_told() -> None:
    assert "is not free" in Place("192.0.2.77", free_port(), "PORT", is_tls=False).why_not()


@pytest.mark.parametrize(
    ("environ", "exit_code", "word"),
    [
        ({"PORT": "nine"}, 2, "PORT is 'nine'"),
        ({"TLS": "1", "PUBLIC_URL": "http://cho.example"}, 2, "not http://cho.example"),
        ({"TLS": "1", "HTTPS_PORT": "99999"}, 2, ":99999"),
    ],
)
def test_what_cannot_be_started_is_told_before_anything_is(
    environ: dict[str, str], exit_code: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main({"PORT": str(free_port()), **environ}) == exit_code
    assert word in capsys.readouterr().err


def test_a_taken_port_of_the_shop_stops_the_start(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("0.0.0.0", free_port())) as taken:
        port = taken.getsockname()[1]
        assert main({"PORT": str(port)}) == 1
    assert f"make run PORT={port + 10}" in capsys.readouterr().err
