"""The key to Zalo's door: an access token good for a day, made from a refresh token good once.

Zalo gives a new refresh token with each access token, so both are written to the disk before either is used;
losing the file means asking Zalo's console for another. Refuses to refresh in two processes at once.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from core import clock, outbound
from core.keys import write_private
from core.outbound import Question

_EARLY_MS = 5 * 60_000
_LONGEST_S = 90_000


class NoToken(Exception):
    """Zalo gave no token; the words are for operators."""


@dataclass(frozen=True)
class Account:
    """Whose tokens: the app's id and secret, where they are made, the file they are kept in."""

    app_id: str
    secret: str
    url: str
    file: Path
    inside: bool = False


def is_set_up(account: Account) -> bool:
    """Whether an operator has put a refresh token there (`flask notices zalo`)."""
    return account.file.exists()


def put(account: Account, refresh_token: str) -> None:
    """Keep a refresh token from Zalo's console, to be used at the first message."""
    account.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _keep(account.file, {"refresh": refresh_token, "access": "", "until_ms": "0"})


def access(account: Account, *, anew: bool = False) -> str:
    """An access token that is good now; `anew` when Zalo does not take the one we have.

    Raises:
        NoToken: Zalo gives none, or what is kept is no token.
        Unreached, Unanswered: Zalo cannot be asked (`core.outbound`).
    """
    with _alone(account.file):
        kept = _kept(account.file)
        if not anew and clock.now_ms() < int(kept["until_ms"]) - _EARLY_MS:
            return kept["access"]
        fresh = _asked(account, kept["refresh"])
        _keep(account.file, fresh)
        return fresh["access"]


def _asked(account: Account, refresh: str) -> dict[str, str]:
    form = {"refresh_token": refresh, "app_id": account.app_id, "grant_type": "refresh_token"}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "secret_key": account.secret}
    body = urlencode(form).encode()
    reply = outbound.ask(Question(account.url, headers, body, account.inside))
    try:
        said = json.loads(reply.body)
        lives_s = min(int(said["expires_in"]), _LONGEST_S)
        found = {"refresh": str(said["refresh_token"]), "access": str(said["access_token"])}
    except (ValueError, TypeError, KeyError) as error:
        raise NoToken("Zalo gave no token") from error
    return {**found, "until_ms": str(clock.now_ms() + lives_s * 1000)}


def _kept(file: Path) -> dict[str, str]:
    try:
        said = json.loads(file.read_bytes())
        return {name: str(said[name]) for name in ("refresh", "access", "until_ms")}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NoToken("no Zalo token is kept") from error


def _keep(file: Path, tokens: dict[str, str]) -> None:
    """Whole or not at all, for its owner alone."""
    unfinished = file.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    write_private(unfinished, json.dumps(tokens).encode())
    os.replace(unfinished, file)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
