"""Wrong settings refuse to start, with every reason named; one server per database file."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from flask import request

from core import factory, server_lock
from core.config import BadSettings, Settings, from_environment
from core.keys import with_secret_key
from core.server_lock import ServerAlreadyRunning, lock_server
from tests.support.databases import SqliteTemplate, settings_for
from tests.support.server import ROOT, Server

STRONG = "b7Q-2mZx9KfLr4Tn8VwYc3HsJd6GpEa1"
IMPATIENT = "tests.support.impatient:app"
PRODUCTION = {"APP_ENV": "production", "PUBLIC_URL": "https://cho.example", "SECRET_KEY": STRONG}


def problems(**environ: str) -> list[str]:
    """Why these settings are refused."""
    with pytest.raises(BadSettings) as refused:
        from_environment(environ)
    return refused.value.problems


def test_no_settings_at_all_are_good_for_a_first_try() -> None:
    settings = from_environment({})
    assert (settings.port, settings.demo, settings.production) == (8000, True, False)
    assert settings.uses_sqlite


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://Cho.Example/", "https://cho.example"),
        ("HTTPS://cho.example:443", "https://cho.example"),
        ("http://cho.example:80", "http://cho.example"),
        ("https://cho.example:8443", "https://cho.example:8443"),
        ("https://cho.example:80", "https://cho.example:80"),
    ],
)
def test_the_public_address_is_kept_as_browsers_write_an_origin(given: str, origin: str) -> None:
    """Every form and socket is compared with it: another writing of it would refuse them all."""
    assert from_environment({"PUBLIC_URL": given}).public_url == origin


def test_a_production_with_all_it_needs_starts_without_demo() -> None:
    settings = from_environment(PRODUCTION)
    assert (settings.production, settings.demo, settings.secure_cookies) == (True, False, True)


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 64}, "SECRET_KEY"),
        ({"SECRET_KEY": STRONG[:31]}, "SECRET_KEY"),
        ({**PRODUCTION, "DEBUG": "1"}, "DEBUG"),
        ({**PRODUCTION, "FLASK_DEBUG": "true"}, "DEBUG"),
        ({**PRODUCTION, "DEMO": "1"}, "DEMO"),
        ({**PRODUCTION, "PUBLIC_URL": "http://cho.example"}, "https"),
        ({"DEBUG": "yes"}, "DEBUG"),
        ({"DEMO": "on"}, "DEMO"),
        ({"APP_ENV": "prod"}, "APP_ENV"),
        ({"PROXIES": "-1"}, "PROXIES"),
        ({"PROXIES": "yes"}, "PROXIES"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "80x"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"PUBLIC_URL": "cho.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://cho.example/shop"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://chợ.example"}, "PUBLIC_URL"),
        ({"DATABASE_URL": "mysql://localhost/market"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite://"}, "in-memory"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "in-memory"),
        ({"STORAGE_URL": "/srv/photos"}, "STORAGE_URL"),
        ({"STORAGE_URL": "s3://key:secret@photos"}, "STORAGE_URL"),
        ({"STORAGE_URL": "s3://photos?endpoint=minio:9000"}, "endpoint"),
        ({"STORAGE_URL": "s3://photos?secret=abc"}, "'secret'"),
        ({"SMTP_URL": "smtp://mail.example"}, "SMTP_URL"),
        ({"SMTP_URL": "mail.example:25?from=a@b"}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://mail.example:x?from=a@b.example"}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://mail.example?from=nobody"}, "SMTP_URL"),
        ({"PUSH_SERVICES": "push.example"}, "PUSH_SERVICES"),
        ({"PUSH_SERVICES": "https://push.example/x"}, "PUSH_SERVICES"),
        ({"PUSH_SERVICES": "https://a.example,https://u@b.example"}, "PUSH_SERVICES"),
        ({"APP_ENV": "production", "PUSH_SERVICES": "http://push.example"}, "PUSH_SERVICES"),
        ({"SMS_URL": "esms://rest.esms.vn?brandname=A"}, "SMS_URL"),
        ({"SMS_URL": "smtp://a:b@rest.esms.vn?brandname=A"}, "SMS_URL"),
        ({"APP_ENV": "production", "SMS_URL": "esms+http://a:b@h?brandname=A"}, "SMS_URL"),
        ({"ZNS_URL": "zalo://app@business.openapi.zalo.me?x=1"}, "ZNS_URL"),
        ({"ZNS_URL": "zalo://app:secret@[?x=1"}, "ZNS_URL"),
    ],
)
def test_a_wrong_setting_is_named(environ: dict[str, str], word: str) -> None:
    assert [reason for reason in problems(**environ) if word in reason]


def test_a_bucket_is_named_with_its_place() -> None:
    given = "s3://photos/market?endpoint=http://10.0.0.5:9000&region=vn-1"
    assert from_environment({"STORAGE_URL": given}).storage_url == given


def test_all_reasons_come_at_once() -> None:
    assert (
        len(problems(APP_ENV="production", DEBUG="1", DEMO="1", SECRET_KEY="secret", PORT="x")) == 5
    )


def test_a_relative_file_is_one_file_for_all_who_open_it() -> None:
    assert from_environment({"DATABASE_URL": "sqlite:///market.db"}).database_url == (
        f"sqlite:///{Path('market.db').resolve()}"
    )


def test_the_first_start_makes_a_key_that_its_owner_alone_may_read(tmp_path: Path) -> None:
    first, second = (with_secret_key(settings_for(tmp_path)) for _ in range(2))
    kept = tmp_path / "keys" / "secret"
    assert len(first.secret_key) >= 32
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(kept.parent.iterdir()) == [kept]


def test_a_kept_key_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret").write_text("")
    with pytest.raises(BadSettings):
        factory.create_app(settings_for(tmp_path), ())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_lock, "_LOCK_WAIT_S", -1.0)


@pytest.mark.usefixtures("impatient")
def test_a_second_server_on_one_file_is_refused_wherever_its_folder_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'market.db'}"
    one, two = (settings_for(tmp_path / name, url) for name in ("one", "two"))
    held = lock_server(one.server_lock)
    with pytest.raises(ServerAlreadyRunning):
        lock_server(two.server_lock)
    os.close(held)
    os.close(lock_server(two.server_lock))


@pytest.mark.usefixtures("impatient")
def test_two_files_have_a_server_each(tmp_path: Path) -> None:
    def lock_of(name: str) -> Path:
        settings: Settings = settings_for(tmp_path, f"sqlite:///{tmp_path / name}")
        return settings.server_lock

    held = [lock_server(lock_of(name)) for name in ("a.db", "b.db")]
    assert len(set(held)) == 2
    for handle in held:
        os.close(handle)


def test_a_process_with_wrong_settings_ends_with_the_reasons(tmp_path: Path) -> None:
    environ = {"APP_ENV": "production", "DEBUG": "1", "SECRET_KEY": "secret"}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path), **environ},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("Cannot start: ")]
    assert len(told) == 3


def test_a_second_server_process_does_not_start(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    first = Server(tmp_path, sqlite_template.copy_to(tmp_path)).start()
    try:
        with pytest.raises(AssertionError, match="ServerAlreadyRunning"):
            Server(tmp_path, first.database_url, application=IMPATIENT).start()
    finally:
        first.stop()


@pytest.mark.parametrize(
    ("proxies", "address"), [("0", "127.0.0.1"), ("1", "203.0.113.7"), ("2", "198.51.100.1")]
)
def test_a_forwarded_address_is_believed_as_far_as_our_own_proxies_go(
    tmp_path: Path, sqlite_template: SqliteTemplate, proxies: str, address: str
) -> None:
    url = sqlite_template.copy_to(tmp_path)
    app = factory.create_app(settings_for(tmp_path, url, PROXIES=proxies), ())
    app.add_url_rule("/who", view_func=lambda: str(request.remote_addr))
    told = {"X-Forwarded-For": "6.6.6.6, 198.51.100.1, 203.0.113.7", "X-Forwarded-Host": "evil"}
    assert app.test_client().get("/who", headers=told).text == address
