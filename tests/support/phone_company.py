"""A provider of messages for tests: answers what it is told to, remembers what it was asked, may hang up."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.support.local_server import LocalSite


@dataclass
class Asked:
    """One request: its path, its headers in small letters, its body."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class PhoneCompany(LocalSite):
    """`answers` by path: the JSON to give, one after the other, the last for ever; None hangs up."""

    answers: dict[str, list[object]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def serve(self, clerk: BaseHTTPRequestHandler) -> None:
        """One request."""
        body = clerk.rfile.read(int(clerk.headers["Content-Length"])).decode()
        headers = {name.lower(): text for name, text in clerk.headers.items()}
        self.asked.append(Asked(clerk.path, headers, body))
        ready = self.answers[clerk.path]
        answer = ready.pop(0) if len(ready) > 1 else ready[0]
        if answer is None:
            clerk.close_connection = True
            return
        said = answer if isinstance(answer, str) else json.dumps(answer)
        clerk.send_response(200)
        clerk.send_header("Content-Length", str(len(said.encode())))
        clerk.end_headers()
        clerk.wfile.write(said.encode())
