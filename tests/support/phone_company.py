"""A provider of messages for tests: answers what it is told to, remembers what it was asked, may hang up."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass
class Asked:
    """One request: its path, its headers in small letters, its body."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class PhoneCompany:
    """`answers` by path: the JSON to give, one after the other, the last for ever; None hangs up."""

    answers: dict[str, list[object]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        company = self

        class Clerk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                company.take(self)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Clerk)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def take(self, clerk: BaseHTTPRequestHandler) -> None:
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

    def __enter__(self) -> "PhoneCompany":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
