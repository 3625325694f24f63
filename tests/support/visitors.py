"""Hosts and buyers as the public contract knows them: what they send, and what they are told.

The same words over HTTP to a running server and to an application in the test's own process, so that a
flow reads alike wherever it runs. Nothing here looks behind the API.
"""

import itertools
import random
import uuid
from dataclasses import dataclass
from typing import Any, Protocol

import requests
from flask import Flask

Json = Any
PICKUP: Json = {"way": "pickup"}
OWN_RUN: Json = {"way": "own_run", "address": "Số 5, xóm Đồng Lạnh"}
_phones = itertools.count(random.randrange(9_000_000))


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its status, and its JSON."""

    status: int
    body: Json


class Door(Protocol):
    """A way to the market's API."""

    def ask(self, method: str, path: str, body: Json, token: str) -> Answer:
        """Send one request as the device of `token` (a guest's when empty)."""


@dataclass(frozen=True)
class OverHttp:
    """The door of a running server."""

    url: str

    def ask(self, method: str, path: str, body: Json, token: str) -> Answer:
        with requests.request(
            method, self.url + path, json=body, headers=_bearer(token), timeout=60
        ) as told:
            return Answer(told.status_code, told.json())


@dataclass(frozen=True)
class InProcess:
    """The door of an application in this process."""

    app: Flask

    def ask(self, method: str, path: str, body: Json, token: str) -> Answer:
        client = self.app.test_client(use_cookies=False)
        told = client.open(path, method=method, json=body, headers=_bearer(token))
        return Answer(told.status_code, told.get_json())


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def new_number() -> str:
    """A mobile number, written as people do, that no other test typed."""
    return f"087{next(_phones):07d}"


def new_client_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True)
class Visitor:
    """A device at a door; `token` is empty for a guest."""

    door: Door
    token: str = ""

    def get(self, path: str) -> Json:
        """What a GET is answered with; it must be allowed."""
        told = self.door.ask("GET", f"/api/v1{path}", None, self.token)
        assert told.status == 200, told
        return told.body

    def ask(self, path: str, **fields: Json) -> Answer:
        """POST `fields` under a client id of their own (unless they bring one)."""
        body = {"client_id": new_client_id(), **fields}
        return self.door.ask("POST", f"/api/v1{path}", body, self.token)

    def send(self, path: str, **fields: Json) -> Json:
        """As `ask`; it must be allowed."""
        told = self.ask(path, **fields)
        assert told.status == 200, told
        return told.body

    def refused(self, path: str, **fields: Json) -> str:
        """As `ask`; it must be refused: the problem's code."""
        told = self.ask(path, **fields)
        assert 400 <= told.status < 500, told
        return str(told.body["code"])


class Buyer(Visitor):
    """Somebody who buys."""

    def claim(self, session_id: str, qty: int = 1, code: str = "A1") -> Json:
        return self.send(f"/live/{session_id}/claims", code=code, qty=qty)

    def say(self, session_id: str, text: str) -> Json:
        return self.send(f"/live/{session_id}/comments", text=text)

    def change(self, session_id: str, claim_id: str, qty: int) -> Json:
        return self.send(f"/live/{session_id}/claims/{claim_id}/change", qty=qty)

    def mine(self, session_id: str) -> Json:
        return self.get(f"/live/{session_id}/mine")

    def my_claim(self, session_id: str, claim_id: str) -> Json:
        """A claim of mine as I am shown it now."""
        return next(c for c in self.mine(session_id)["claims"] if c["claim"] == claim_id)

    def order_basket(self, session_id: str, seller: str, delivery: Json = PICKUP) -> Json:
        path = f"/live/{session_id}/orders"
        return self.send(path, seller=seller, name="Hoa", delivery=delivery)

    def put_in_cart(self, listing: str, packs: int = 1) -> Json:
        return self.send("/cart/lines", listing=listing, packs=packs)

    def order_cart(self, seller: str, delivery: Json = PICKUP, **more: Json) -> Json:
        return self.send("/cart/orders", seller=seller, name="Hoa", delivery=delivery, **more)

    def order(self, code: str) -> Json:
        return self.get(f"/orders/{code}")


class Host(Visitor):
    """Somebody of a seller's staff, who runs shows."""

    def open(self, seller: str, pins: list[Json], **fields: Json) -> str:
        """A new session; its id."""
        new = {"seller": seller, "title": "Chợ sáng", "minutes": 90, "pins": pins, **fields}
        return str(self.send("/live", **new)["session"])

    def do(self, session_id: str, what: str, **fields: Json) -> Json:
        """One of the host's steps: `start`, `end`, `announcement`, `pins/A1/show` …"""
        return self.send(f"/live/{session_id}/{what}", **fields)

    def board(self, session_id: str) -> Json:
        return self.get(f"/live/{session_id}/host")


def pin(listing: str, packs: int = 5, price_vnd: int = 60_000, limit: int = 5) -> Json:
    """A pin as a new session wants it."""
    return {"listing": listing, "packs": packs, "price_vnd": price_vnd, "limit": limit}


def arrive(door: Door, name: str = "Nguyễn Thị Hoa", phone: str = "") -> Buyer:
    """A device that typed a number (a new one unless given) and a name, and proved neither."""
    body = {"phone": phone or new_number(), "name": name}
    told = door.ask("POST", "/api/v1/auth/phone", body, "")
    assert told.status == 200, told
    return Buyer(door, str(told.body["token"]))


def sign_in(door: Door, phone: str, password: str) -> str:
    """The token of a device that signed in with a password."""
    told = door.ask("POST", "/api/v1/auth/login", {"phone": phone, "password": password}, "")
    assert told.status == 200, told
    return str(told.body["token"])


def snapshot(visitor: Visitor, session_id: str) -> Json:
    """The session as everybody may see it now."""
    return visitor.get(f"/live/{session_id}")
