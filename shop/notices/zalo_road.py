"""Zalo's notices (ZNS): a template Zalo approved, filled with a notice's facts, to a number's Zalo.

Kinds of notices without a template of the market's take the next road. Refuses to guess: an answer that never
came is `unknown`, and Zalo's refusals (no such account, no credit) go to the next road.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from core import outbound
from core.outbound import Question, Unanswered, Unreached
from shop.notices import zalo_tokens
from shop.notices.letters import Letter
from shop.notices.notice_rules import ZNS
from shop.notices.roads import REFUSED, SENT, UNKNOWN, Fate, Recipient
from shop.notices.zalo_tokens import Account, NoToken

_PATH, _TOKEN_PATH = "/message/template", "/v4/oa/access_token"
_TOKEN_HOST = "oauth.zaloapp.com"
_FILE = "zalo.json"
_UNCLEAR, _WRONG_TOKEN = -100, -124
_SAID = {-108: "wrong number", -114: "does not take notices", -115: "no credit", -118: "no Zalo"}
_LONGEST = 100


@dataclass(frozen=True)
class Template:
    """A template Zalo approved, and which of a notice's facts (`link` and `name` too) it has places for."""

    id: str
    places: tuple[str, ...]


class ZaloRoad:
    """`url` is `zalo://APP_ID:SECRET@business.openapi.zalo.me?KIND=TEMPLATE:fact,fact&…`.

    With `zalo+http`, at home, tokens are asked for at the same machine. They lie in `keys_dir`; until an
    operator has put one there the road leads nowhere.
    """

    name = ZNS

    def __init__(self, url: str, keys_dir: Path) -> None:
        parts = urlsplit(url)
        said = dict(parse_qsl(parts.query))
        self._inside = parts.scheme.endswith("+http")
        scheme, host = "http" if self._inside else "https", parts.netloc.rpartition("@")[2]
        token_host = host if self._inside else _TOKEN_HOST
        self._url = f"{scheme}://{host}{_PATH}"
        self._templates = {kind: _template(text) for kind, text in said.items()}
        app_id, secret = unquote(parts.username or ""), unquote(parts.password or "")
        token_url = f"{scheme}://{token_host}{_TOKEN_PATH}"
        self.account = Account(app_id, secret, token_url, keys_dir / _FILE, self._inside)

    def leads_to(self, recipient: Recipient) -> bool:
        return bool(recipient.phone) and zalo_tokens.is_set_up(self.account)

    def send(self, recipient: Recipient, letter: Letter, key: str) -> Fate:
        template = self._templates.get(letter.kind)
        if template is None:
            return Fate(REFUSED, "no template")
        asked = {
            "phone": recipient.phone.removeprefix("+"),
            "template_id": template.id,
            "template_data": _filled(template, recipient, letter),
            "tracking_id": key,
        }
        body = json.dumps(asked, ensure_ascii=False).encode()
        fate, code = self._ask(body, anew=False)
        return self._ask(body, anew=True)[0] if code == _WRONG_TOKEN else fate

    def _ask(self, body: bytes, *, anew: bool) -> tuple[Fate, int]:
        try:
            token = zalo_tokens.access(self.account, anew=anew)
        except (NoToken, Unreached, Unanswered) as error:  # nobody was told anything yet
            return Fate(REFUSED, str(error) or "no token"), 0
        headers = {"Content-Type": "application/json", "access_token": token}
        try:
            reply = outbound.ask(Question(self._url, headers, body, self._inside))
        except Unreached as error:
            return Fate(REFUSED, str(error)), 0
        except Unanswered as error:
            return Fate(UNKNOWN, str(error)), 0
        return _meant(reply.body)


def _meant(body: bytes) -> tuple[Fate, int]:
    """What Zalo's answer means, and its code: 0 is accepted, below it refused, -100 unclear."""
    try:
        code = int(json.loads(body)["error"])
    except (ValueError, TypeError, KeyError):
        return Fate(UNKNOWN, "no answer of Zalo's"), 0
    if code == 0:
        return Fate(SENT), code
    if code == _UNCLEAR or code > 0:
        return Fate(UNKNOWN, f"Zalo {code}"), code
    return Fate(REFUSED, f"Zalo {code}: {_SAID.get(code, 'refused')}"), code


def _template(text: str) -> Template:
    template_id, _, places = text.partition(":")
    return Template(template_id, tuple(one for one in places.split(",") if one))


def _filled(template: Template, recipient: Recipient, letter: Letter) -> dict[str, str]:
    known: Mapping[str, str] = {**letter.facts, "link": letter.link, "name": recipient.name}
    return {place: known.get(place, "")[:_LONGEST] for place in template.places}
