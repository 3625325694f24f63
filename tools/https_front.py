"""Caddy before the market on one's own machine, so that a phone's camera may be used: `make run TLS=1`.

Makes its own certificate, changes nothing of the machine's trust, keeps everything under `DATA_DIR`, takes
one port above 1023 and no command. Not for the Internet: docs/operations.md has a Caddyfile for a real name.
"""

import io
import json
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from qrcode.main import QRCode

CERTIFICATE_PATH = "/local-ca.crt"
MEDIA_PATH = "/media"
_PORT = "8443"
_SOMEWHERE = ("192.0.2.1", 9)
"""An address of nobody (RFC 5737). Nothing is sent: the system is asked which way it would go."""
_BLACK_ON_WHITE, _AS_BEFORE = "\x1b[30;107m", "\x1b[0m"
# What goes wrong in one request is not logged: it would name who asked, and who ended says so itself.
_CADDYFILE = """\
{
	admin off
	persist_config off
	local_certs
	skip_install_trust
	auto_https disable_redirects
	default_sni %(host)s
	grace_period 1s
	storage file_system %(store)s
	servers {
		protocols h1 h2
	}
	pki {
		ca local {
			name "Cho Phien, this machine only"
			root_cn "Cho Phien, this machine only"
		}
	}
	log {
		level ERROR
		format console
		exclude http.log.error
	}
}
%(sites)s {
	handle %(media_path)s/control/* {
		respond 404
	}
	handle_path %(media_path)s/* {
		reverse_proxy 127.0.0.1:%(media_port)s {
			flush_interval -1
		}
	}
	handle %(certificate_path)s {
		root * %(authority)s
		rewrite * /root.crt
		header Content-Type application/x-x509-ca-cert
		file_server
	}
	handle {
		reverse_proxy 127.0.0.1:%(port)s
	}
}
"""


@dataclass(frozen=True)
class Behind:
    """What stands behind the front, and where the front keeps its own things."""

    public_url: str
    port: int
    media_port: int
    folder: Path

    @property
    def https_port(self) -> int:
        return urlsplit(self.public_url).port or 443


def settled(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` with what both processes have to know when Caddy stands before them; what was given stays.

    They listen to this machine alone, and people type this machine's address in its own network.
    """
    home = f"https://{lan_address()}:{environ.get('HTTPS_PORT', _PORT)}"
    public_url = environ.get("PUBLIC_URL", home).rstrip("/")
    ours = {"HOST": "127.0.0.1", "PROXIES": "1", "MEDIA_URL": public_url + MEDIA_PATH}
    return {**ours, **environ, "PUBLIC_URL": public_url}


def lan_address() -> str:
    """This machine's address where its way out leads, else `localhost`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(_SOMEWHERE)
        except OSError:
            return "localhost"
        return str(asked.getsockname()[0])


def caddyfile(behind: Behind) -> str:
    """The whole configuration: `/media/` to the engine, the authority's certificate, all else to the web."""
    host = urlsplit(behind.public_url).hostname or "localhost"
    names = dict.fromkeys((host, "localhost", "127.0.0.1"))
    store = behind.folder / "store"
    return _CADDYFILE % {
        "host": host,
        "sites": ", ".join(f"https://{name}:{behind.https_port}" for name in names),
        "store": _quoted(store),
        "authority": _quoted(store / "pki/authorities/local"),
        "certificate_path": CERTIFICATE_PATH,
        "media_path": MEDIA_PATH,
        "media_port": behind.media_port,
        "port": behind.port,
    }


def prepared(behind: Behind, environ: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """Write the configuration; return Caddy's command and its environment, where no home is touched.

    Raises:
        FileNotFoundError: Caddy is not installed.
    """
    beside = Path(sys.executable).parent / "caddy"
    program = str(beside) if beside.exists() else shutil.which("caddy")
    if program is None:
        raise FileNotFoundError("caddy")
    behind.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = behind.folder / "Caddyfile"
    file.write_text(caddyfile(behind), encoding="utf-8")
    kept = {name: str(behind.folder) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    command = [program, "run", "--config", str(file), "--adapter", "caddyfile"]
    return command, {**environ, **kept, "NO_COLOR": "1"}


def words(public_url: str, *, in_terminal: bool) -> list[str]:
    """What to do with a phone, with a QR of the address where a person looks at it."""
    lines = [
        f"On a phone in the same Wi-Fi open {public_url}",
        "The certificate is this machine's own, so the browser warns: choose Advanced, then go on.",
        f"Where that is not enough (iPhone), open {public_url}{CERTIFICATE_PATH} and install it:",
        "docs/operations.md, HTTPS at home, says where to tap.",
        "",
    ]
    return ["", *(_qr(public_url) if in_terminal else ()), *lines]


def _qr(text: str) -> list[str]:
    code: QRCode = QRCode(border=2)  # type: ignore[type-arg]
    code.add_data(text)
    drawn = io.StringIO()
    code.print_ascii(out=drawn)
    return [f"{_BLACK_ON_WHITE}{line}{_AS_BEFORE}" for line in drawn.getvalue().splitlines()]


def _quoted(path: Path) -> str:
    return json.dumps(str(path), ensure_ascii=False)
