"""What services put up by tests have in common: a port of their own on 127.0.0.1, for as long as a `with`."""

import socketserver
import threading
from types import TracebackType
from typing import Self


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


class Quiet:
    """Mixed into a handler of HTTP: it writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        return
