"""Hearing a notice at a door: what of the request matters, which secret proves it, what is kept of it.

Refuses to know who the secrets belong to, and to store anything.
"""

import json
from collections.abc import Sequence
from contextlib import suppress

from flask import request

from core import clock
from payments.errors import BadSignature
from payments.providers.base import ALWAYS_KEPT, SECRET_HEADERS, Notice, Signer


def heard(signer: Signer) -> Notice:
    """This request as `signer` judges it: the raw body, the headers it signs with and those worth keeping."""
    wanted = (*ALWAYS_KEPT, *signer.headers)
    given = {name: request.headers[name] for name in wanted if name in request.headers}
    return Notice(request.get_data(cache=False), given)


def proving(signer: Signer, notice: Notice, secrets: Sequence[str]) -> int:
    """Return which of the valid `secrets` (newest first, at least one) proves the notice, by its number.

    Raises:
        BadSignature: none does; in the words for the newest one.
    """
    now_ms = clock.machine_ms()
    for number, older in enumerate(secrets[1:], 1):
        with suppress(BadSignature):
            signer.verify(notice, older, now_ms)
            return number
    signer.verify(notice, secrets[0], now_ms)
    return 0


def kept_headers(notice: Notice) -> str:
    """The notice's headers as JSON, without those that are secrets themselves."""
    kept = {name: text for name, text in notice.headers.items() if name not in SECRET_HEADERS}
    return json.dumps(kept)
