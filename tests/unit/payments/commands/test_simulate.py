"""`flask bank simulate`, against a server of this test's own."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from werkzeug.serving import make_server

from core import outbox
from core.db import db, write
from payments import payments
from payments.payments import PaymentFacts
from tests.factories.payments import Till, make_till, new_code, open_payment


@pytest.fixture
def till(app: Flask) -> Till:
    with app.app_context():
        return write(make_till)


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The address of `app`, served by a thread."""
    served = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.port}"
    served.shutdown()
    thread.join()
    served.server_close()


Simulate = Callable[..., tuple[int, list[dict[str, object]]]]


@pytest.fixture
def simulate(app: Flask, server: str) -> Simulate:
    """Runs the command; gives its exit code and the lines it printed."""
    runner: FlaskCliRunner = app.test_cli_runner()

    def run(*arguments: str, url: str = server) -> tuple[int, list[dict[str, object]]]:
        result = runner.invoke(args=["bank", "simulate", *arguments, "--url", url])
        lines = result.stdout.splitlines() if result.exit_code != 2 else []
        return result.exit_code, [json.loads(line) for line in lines]

    return run


def opened(app: Flask, till: Till) -> str:
    with app.app_context():
        return write(lambda session: open_payment(session, till, 130_000))


def facts(app: Flask, code: str) -> PaymentFacts:
    with app.app_context():
        outbox.run_pending()
        return payments.facts_by_code(db.session(), code)


def test_what_is_due_comes_by_default(app: Flask, till: Till, simulate: Simulate) -> None:
    code = opened(app, till)
    line = {"code": code, "amount_vnd": 130_000, "status": 200, "answer": {"success": True}}
    assert simulate(code.lower()) == (0, [line])
    assert facts(app, code).state == "settled"


def test_a_top_up_is_what_is_left(app: Flask, till: Till, simulate: Simulate) -> None:
    code = opened(app, till)
    simulate(code, "--amount", "50000")
    assert facts(app, code).state == "part_paid"
    assert simulate(code)[1][0]["amount_vnd"] == 80_000
    assert facts(app, code).state == "settled"


def test_times_repeats_one_notification(app: Flask, till: Till, simulate: Simulate) -> None:
    code = opened(app, till)
    status, lines = simulate(code, "--times", "3")
    assert (status, len(lines)) == (0, 3)
    assert facts(app, code).surplus_vnd == 0


def test_a_second_run_is_another_transfer(app: Flask, till: Till, simulate: Simulate) -> None:
    code = opened(app, till)
    simulate(code)
    facts(app, code)
    simulate(code)
    assert facts(app, code).surplus_vnd == 130_000


def test_the_same_reference_is_the_same_transfer(
    app: Flask, till: Till, simulate: Simulate
) -> None:
    code = opened(app, till)
    for _ in range(2):
        simulate(code, "--reference", "FT42", "--amount", "130000")
    assert facts(app, code).surplus_vnd == 0


def test_the_content_may_be_anything(app: Flask, till: Till, simulate: Simulate) -> None:
    code = opened(app, till)
    assert simulate(code, "--content", "tien che")[0] == 0
    assert facts(app, code).state == "expected"


def test_an_unknown_code_is_refused(till: Till, simulate: Simulate) -> None:
    code = new_code()
    assert simulate(code) == (1, [{"code": code, "error": "unknown_code"}])


@pytest.mark.parametrize("more", [[], ["--account"]])
def test_money_with_an_unknown_code_comes_to_a_named_or_a_demo_account(
    till: Till, simulate: Simulate, more: list[str]
) -> None:
    account = [*more, till.number] if more else []
    assert simulate(new_code(), "--amount", "5000", *account)[0] == 0


def test_an_unknown_account_is_refused(till: Till, simulate: Simulate) -> None:
    status, (line,) = simulate(new_code(), "--amount", "5000", "--account", "404")
    assert (status, line["error"]) == (1, "unknown_account")


@pytest.mark.parametrize(
    "wrong", [["--amount", "0"], ["--amount", "x"], ["--times", "0"], ["--no"]]
)
def test_a_wrong_option_is_a_matter_of_usage(
    till: Till, simulate: Simulate, wrong: list[str]
) -> None:
    assert simulate("CPX7K3M9Q2", *wrong)[0] == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "nonsense"])
def test_a_server_that_does_not_answer_is_a_no(
    app: Flask, till: Till, simulate: Simulate, url: str
) -> None:
    status, (line,) = simulate(opened(app, till), url=url)
    assert (status, line["status"]) == (1, 0)


def test_where_money_is_real_no_bank_is_played(
    app: Flask, till: Till, simulate: Simulate, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = opened(app, till)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], demo=False))
    assert simulate(code) == (1, [{"code": code, "error": "no_demo"}])
    assert facts(app, code).state == "expected"
