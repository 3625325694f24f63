"""What services put up by tests have in common: a port of their own on 127.0.0.1, for as long as a `with`."""

import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar, Self


class LocalServer:
    """Serves `_server`, which whoever derives from this makes, until the end of the `with`."""

    _server: socketserver.TCPServer

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
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


class LocalSite(LocalServer):
    """A service of HTTP: whoever derives from this says in `serve` what a GET or a POST gets."""

    protocol: ClassVar[str] = "HTTP/1.0"
    over: threading.Event
    """Set at the end of the `with`; what leaves a request without an answer waits for it."""

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def serve(self, clerk: BaseHTTPRequestHandler) -> None:
        """One request and its answer."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        site = self

        class Clerk(BaseHTTPRequestHandler):
            protocol_version = site.protocol

            def log_message(self, format: str, *args: object) -> None:
                return

            def do_POST(self) -> None:
                site.serve(self)

            def do_GET(self) -> None:
                site.serve(self)

        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Clerk)
        return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.over.set()
        super().__exit__(kind, error, trace)
