"""An SMTP server for tests: takes letters on a port of its own, or refuses, or hangs up in the middle."""

import socketserver

from tests.support.local_server import LocalServer


class PostOffice(LocalServer):
    """`letters` are what came, as raw text; `mood` is kind, refuses (550) or hangs_up (after the letter)."""

    def __init__(self, mood: str = "kind") -> None:
        self.letters: list[str] = []
        self.mood = mood
        office = self

        class Clerk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                office.serve(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clerk)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"smtp://{self.host}?from=cho@example.vn"

    def serve(self, clerk: socketserver.StreamRequestHandler) -> None:
        """One conversation, as far as letters need it (RFC 5321)."""
        clerk.wfile.write(b"220 market\r\n")
        for line in clerk.rfile:
            word = line.strip().upper()[:4]
            if word == b"RCPT" and self.mood == "refuses":
                clerk.wfile.write(b"550 nobody here\r\n")
            elif word == b"DATA":
                clerk.wfile.write(b"354 go on\r\n")
                self._take(clerk)
                if self.mood == "hangs_up":
                    return
                clerk.wfile.write(b"250 taken\r\n")
            elif word == b"QUIT":
                clerk.wfile.write(b"221 bye\r\n")
                return
            else:
                clerk.wfile.write(b"250 ok\r\n")

    def _take(self, clerk: socketserver.StreamRequestHandler) -> None:
        text = b""
        for line in clerk.rfile:
            if line == b".\r\n":
                break
            text += line
        self.letters.append(text.decode())
