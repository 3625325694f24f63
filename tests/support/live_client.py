"""A buyer's connection for tests: plain websocket, the Socket.IO packets written by hand.

Small on purpose: what the server answers is seen as it came, and odd packets can be sent.
"""

import itertools
import json
import time
from typing import Any

import requests
import websocket

NAMESPACE = "/live"
Json = Any


class LiveSocket:
    """One Socket.IO connection to `/live`; reads until what it waits for has come."""

    def __init__(self, url: str, token: str = "", origin: str = "", timeout: float = 15.0) -> None:
        address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self.socket = websocket.create_connection(
            address, timeout=timeout, origin=origin or None, suppress_origin=not origin
        )
        self.events: list[tuple[str, Json]] = []
        self.acks: dict[int, Json] = {}
        self._ids = itertools.count(1)
        self._handshake(token)

    def _handshake(self, token: str) -> None:
        assert self.socket.recv().startswith("0{")
        auth = json.dumps({"token": token}) if token else ""
        self.socket.send(f"40{NAMESPACE},{auth}")
        answer = self.socket.recv()
        assert answer.startswith(f"40{NAMESPACE}"), answer

    def send(self, event: str, payload: Json) -> int:
        """Send an event that wants an ack; returns the ack's id."""
        number = next(self._ids)
        self.socket.send(f"42{NAMESPACE},{number}{json.dumps([event, payload])}")
        return number

    def call(self, event: str, payload: Json, timeout: float = 15.0) -> Json:
        """Send an event and return its ack."""
        return self.ack(self.send(event, payload), timeout)

    def ack(self, number: int, timeout: float = 15.0) -> Json:
        deadline = time.monotonic() + timeout
        while number not in self.acks:
            self.read(deadline)
        return self.acks.pop(number)

    def wait_for(self, event: str, timeout: float = 15.0) -> Json:
        """The next `event` (also one that came before); it is taken off the list."""
        deadline = time.monotonic() + timeout
        while True:
            for index, (name, payload) in enumerate(self.events):
                if name == event:
                    del self.events[index]
                    return payload
            self.read(deadline)

    def read(self, deadline: float) -> None:
        """Read one packet; answers pings."""
        left = deadline - time.monotonic()
        assert left > 0, f"nothing came in time; so far {self.events}"
        self.socket.settimeout(left)
        text = self.socket.recv()
        if text == "2":
            self.socket.send("3")
        elif text.startswith(f"42{NAMESPACE},"):
            name, payload = json.loads(text.split(",", 1)[1])
            self.events.append((name, payload))
        elif text.startswith(f"43{NAMESPACE},"):
            number, _, answer = text.split(",", 1)[1].partition("[")
            self.acks[int(number)] = json.loads("[" + answer)[0]
        elif text in ("", "1") or text.startswith("41"):
            raise ConnectionError(f"the server closed: {text!r}")

    def close(self) -> None:
        self.socket.close()


def post(url: str, path: str, body: Json, token: str = "") -> requests.Response:
    """POST JSON to the API as a person's device."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.post(f"{url}{path}", json=body, headers=headers, timeout=30)


def get(url: str, path: str, token: str = "") -> requests.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.get(f"{url}{path}", headers=headers, timeout=30)
