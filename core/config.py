"""Settings: read once from the environment, checked whole, refused when wrong.

A wrong setting stops the start with every problem named at once; nothing falls back silently. Knows
only strings and paths: what a setting means is decided where it is used.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

_WEAK_KEYS = {"secret", "changeme", "password", "dev", "test"}
_MINIMUM_KEY = 32
_SQLITE = "sqlite:///"


class BadSettings(Exception):
    """The environment cannot be used; `problems` lists every reason in plain words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. Times and sizes carry their unit in the name."""

    data_dir: Path
    database_url: str
    public_url: str
    port: int
    secret_key: str
    production: bool
    debug: bool
    demo: bool
    proxies: int = 0
    storage_url: str = ""
    smtp_url: str = ""
    push_services: tuple[str, ...] = ()
    sms_url: str = ""
    zns_url: str = ""
    ghtk_url: str = "https://services.giaohangtietkiem.vn"
    stripe_url: str = "https://api.stripe.com"
    media_port: int = 8001
    media_url: str = ""
    media_inside: str = ""
    restream_inside: bool = False

    @property
    def uses_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite:")

    @property
    def server_lock(self) -> Path:
        """What the one server of an SQLite database holds: a file beside it, wherever `DATA_DIR` is."""
        return Path(self.database_url.removeprefix(_SQLITE) + ".lock")

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https:")

    def media_address(self, host: str) -> str:
        """Where a browser that asked for a page at `host` reaches the video engine.

        As `MEDIA_URL` says; else behind the same door as the pages where that door is https (`/media`);
        else, at home, on the same machine.
        """
        if self.media_url:
            return self.media_url
        if self.secure_cookies:
            return f"{self.public_url}/media"
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return f"http://{name}:{self.media_port}"

    @property
    def keys_dir(self) -> Path:
        """Where signing keys live (mode 0600, backed up apart from the data)."""
        return self.data_dir / "keys"


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check the settings.

    `PORT` (default 8000), `DATA_DIR` (`./var`), `DATABASE_URL` (SQLite in `DATA_DIR`), `PUBLIC_URL`
    (`http://localhost:PORT`), `SECRET_KEY` (made at first start under `DATA_DIR/keys`), `APP_ENV`
    (`development` or `production`), `DEBUG`, `DEMO` (on unless in production), `PROXIES` (how many of
    our own stand in front, 0: only then `X-Forwarded-For` tells whom a limit by address counts),
    `STORAGE_URL` (a folder in `DATA_DIR`, or `s3://bucket/prefix?endpoint=…&region=…`), `SMTP_URL` (no
    letters, or `smtp://user:secret@host:587?from=address`, or `smtps://…`), `PUSH_SERVICES` (origins of
    push services beside those of known browsers, with commas between), `GHTK_URL` (where the carrier Giao
    Hàng Tiết Kiệm answers: its own machine, or its test one), `STRIPE_URL` (where Stripe
    answers), `SMS_URL` (no texts, or `esms://key:secret@rest.esms.vn?brandname=…`), `ZNS_URL` (no Zalo
    notices, or `zalo://app:secret@business.openapi.zalo.me?kind=template:fact,…`), `MEDIA_PORT` (8001, where
    the video engine listens), `MEDIA_URL` (where browsers reach it: an address, perhaps with a path; else
    the host of the page on `MEDIA_PORT`), `MEDIA_INSIDE` (where we reach it, on another machine of ours),
    `RESTREAM_INSIDE` (off; on, streams are shown on RTMP servers of our own network too).

    Raises:
        BadSettings: with every problem found.
    """
    problems: list[str] = []
    production = _environment_name(environ, problems) == "production"
    port = _port("PORT", environ.get("PORT", "8000"), problems)
    data_dir = Path(environ.get("DATA_DIR", "var")).resolve()
    public_url = _as_an_origin(environ.get("PUBLIC_URL", f"http://localhost:{port}"))
    database_url = _database_url(environ.get("DATABASE_URL", ""), data_dir)
    settings = Settings(
        data_dir=data_dir,
        database_url=database_url,
        public_url=public_url,
        port=port,
        secret_key=environ.get("SECRET_KEY", ""),
        production=production,
        debug=_switch(environ, "DEBUG", False, problems) or _flask_debugs(environ),
        demo=_switch(environ, "DEMO", not production, problems),
        proxies=_proxies(environ.get("PROXIES", "0"), problems),
        storage_url=environ.get("STORAGE_URL", ""),
        smtp_url=environ.get("SMTP_URL", ""),
        sms_url=environ.get("SMS_URL", ""),
        zns_url=environ.get("ZNS_URL", ""),
        push_services=tuple(environ.get("PUSH_SERVICES", "").replace(",", " ").split()),
        ghtk_url=environ.get("GHTK_URL", Settings.ghtk_url).rstrip("/"),
        stripe_url=environ.get("STRIPE_URL", Settings.stripe_url).rstrip("/"),
        media_port=_port("MEDIA_PORT", environ.get("MEDIA_PORT", "8001"), problems),
        media_url=environ.get("MEDIA_URL", "").rstrip("/"),
        media_inside=environ.get("MEDIA_INSIDE", "").rstrip("/"),
        restream_inside=_switch(environ, "RESTREAM_INSIDE", False, problems),
    )
    problems += _problems_of(settings)
    if problems:
        raise BadSettings(problems)
    return settings


def _environment_name(environ: Mapping[str, str], problems: list[str]) -> str:
    name = environ.get("APP_ENV", "development")
    if name not in {"development", "production"}:
        problems.append(f"APP_ENV is {name!r}; it must be development or production")
    return name


def _as_an_origin(url: str) -> str:
    """`url` as browsers write an origin: small letters, no slash at the end, no usual port."""
    origin = url.rstrip("/").lower()
    usual_port = ":443" if origin.startswith("https:") else ":80"
    return origin.removesuffix(usual_port)


def _port(name: str, text: str, problems: list[str]) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    problems.append(f"{name} is {text!r}; it must be a number from 1 to 65535")
    return 8000


def _proxies(text: str, problems: list[str]) -> int:
    if text in {"0", "1", "2", "3"}:
        return int(text)
    problems.append(f"PROXIES is {text!r}; it must be a number from 0 to 3")
    return 0


def _switch(environ: Mapping[str, str], name: str, default: bool, problems: list[str]) -> bool:
    given = environ.get(name, "") or ("1" if default else "0")
    if given not in {"0", "1"}:
        problems.append(f"{name} is {given!r}; it must be 0 or 1")
    return given == "1"


def _flask_debugs(environ: Mapping[str, str]) -> bool:
    """Whether Flask would turn debugging on by itself."""
    return environ.get("FLASK_DEBUG", "").lower() not in {"", "0", "false", "no"}


def _database_url(given: str, data_dir: Path) -> str:
    if not given:
        return f"{_SQLITE}{data_dir / 'chophien.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if given.startswith(_SQLITE):
        return f"{_SQLITE}{Path(given.removeprefix(_SQLITE)).resolve()}"
    return given


def _problems_of(settings: Settings) -> list[str]:
    problems = []
    scheme = settings.database_url.split(":", 1)[0]
    if scheme not in {"sqlite", "postgresql+psycopg"}:
        problems.append(f"DATABASE_URL has scheme {scheme!r}; use sqlite or postgresql")
    if ":memory:" in settings.database_url or settings.database_url == "sqlite://":
        problems.append("DATABASE_URL names an in-memory database; nothing would survive a restart")
    url = urlsplit(settings.public_url)
    if url.scheme not in {"http", "https"} or not url.hostname or url.path or url.query:
        problems.append(f"PUBLIC_URL is {settings.public_url!r}; give scheme and host only")
    if not settings.public_url.isascii():
        problems.append("PUBLIC_URL has other letters than ASCII; give the host as xn--…")
    if settings.secret_key and is_weak(settings.secret_key):
        problems.append(
            f"SECRET_KEY is weak; give at least {_MINIMUM_KEY} random characters or none"
        )
    if settings.storage_url:
        problems += _storage_problems(settings.storage_url)
    if settings.smtp_url:
        problems += _smtp_problems(settings.smtp_url)
    problems += _origin_problems(settings)
    if settings.production:
        problems += _production_problems(settings)
    return problems


def _is_origin(given: str, production: bool) -> bool:
    """Whether `given` is scheme and host as browsers write an origin; plain http at home only."""
    try:
        url = urlsplit(given)
        whole = bool(url.hostname) and "@" not in url.netloc and url.port != 0
    except ValueError:
        return False
    known = {"https"} if production else {"https", "http"}
    return whole and url.scheme in known and given == f"{url.scheme}://{url.netloc}".lower()


def _origin_problems(settings: Settings) -> list[str]:
    problems = []
    for given, kind in ((settings.sms_url, "esms"), (settings.zns_url, "zalo")):
        if given and not _names_provider(given, kind, settings.production):
            problems.append(f"{kind}: SMS_URL or ZNS_URL must be {kind}://id:secret@host?…")
    if not all(_is_origin(one, settings.production) for one in settings.push_services):
        problems.append("PUSH_SERVICES must be origins: https://host, and no more")
    for name, given in (("GHTK_URL", settings.ghtk_url), ("STRIPE_URL", settings.stripe_url)):
        if not _is_origin(given, settings.production):
            problems.append(f"{name} must be an origin: https://host, and no more")
    if settings.media_inside and not _is_origin(settings.media_inside, production=False):
        problems.append("MEDIA_INSIDE must be an origin: http://host:port, and no more")
    if settings.media_url and not _is_media_url(settings):
        problems.append("MEDIA_URL must be https://host/path, without a question mark")
    return problems


def _is_media_url(settings: Settings) -> bool:
    """Whether pages may be told it: an origin, perhaps with a path that a policy can name."""
    origin, _, path = settings.media_url.replace("://", ":", 1).partition("/")
    whole = _is_origin(origin.replace(":", "://", 1), settings.production)
    return whole and re.fullmatch(r"[A-Za-z0-9._/-]*", path) is not None


def _names_provider(given: str, kind: str, production: bool) -> bool:
    """Whether `given` names a provider with an id and a secret; plain http at home only."""
    try:
        url = urlsplit(given)
        whole = bool(url.hostname and url.username and url.password and url.query) and url.port != 0
    except ValueError:
        return False
    return whole and url.scheme in ({kind} if production else {kind, f"{kind}+http"})


def _storage_problems(given: str) -> list[str]:
    """The key and its secret come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, never from here."""
    url = urlsplit(given)
    if url.scheme != "s3" or not url.hostname or "@" in url.netloc:
        return ["STORAGE_URL must be s3://bucket/prefix?endpoint=…&region=…, without a key in it"]
    said = dict(parse_qsl(url.query, keep_blank_values=True))
    unknown = sorted(set(said) - {"endpoint", "region"})
    problems = [f"STORAGE_URL says {name!r}, which is not known" for name in unknown]
    if "endpoint" in said and not said["endpoint"].startswith(("http://", "https://")):
        problems.append("STORAGE_URL has an endpoint that is not http(s)")
    return problems


def _smtp_problems(given: str) -> list[str]:
    """Says nothing of the secret in it."""
    url = urlsplit(given)
    said = dict(parse_qsl(url.query, keep_blank_values=True))
    try:
        whole = url.scheme in {"smtp", "smtps"} and bool(url.hostname) and url.port != 0
    except ValueError:  # the port is no number
        whole = False
    if whole and set(said) == {"from"} and "@" in said["from"]:
        return []
    return ["SMTP_URL must be smtp://user:secret@host:587?from=address, or smtps://…"]


def is_weak(key: str) -> bool:
    """Whether a key is too short, too plain, or one that everybody knows."""
    return len(key) < _MINIMUM_KEY or key.lower() in _WEAK_KEYS or len(set(key)) < 8


def _production_problems(settings: Settings) -> list[str]:
    problems = []
    if settings.debug:
        problems.append("DEBUG is on in production")
    if settings.demo:
        problems.append("DEMO is on in production; its logins are public")
    if not settings.secure_cookies:
        problems.append("PUBLIC_URL must be https in production")
    return problems
