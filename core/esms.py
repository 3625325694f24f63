"""Text messages through eSMS (developers.esms.vn): one number, one text, once.

Every message has a `RequestId` of its own for ever, so eSMS itself refuses to send it twice. Marks are
dropped: a text with them costs double. Refuses to guess: an answer that never came, or says nothing clear, is
UNKNOWN.
"""

import json
from urllib.parse import parse_qsl, unquote, urlsplit

from core import outbound
from core.ids import new_id
from core.messages import REFUSED, TAKEN, UNKNOWN, Sent
from core.outbound import Question, Unanswered, Unreached
from core.text import ascii_only

_PATH = "/MainService.svc/json/SendMultipleMessage_V4_post_json/"
_CARE = "2"
_ACCEPTED, _SAME_REQUEST = "100", "124"
_UNCLEAR = "99"
_SAID = {"101": "wrong key", "103": "no credit", "104": "wrong brand name", "108": "wrong number"}
_SAID |= {
    "140": "address not allowed",
    "146": "text not registered",
    "177": "network not registered",
}


class EsmsSender:
    """`url` is `esms://API_KEY:SECRET_KEY@rest.esms.vn?brandname=NAME` (`esms+http` at home)."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._inside = parts.scheme.endswith("+http")
        host = parts.netloc.rpartition("@")[2]
        self._url = f"{'http' if self._inside else 'https'}://{host}{_PATH}"
        self._key, self._secret = unquote(parts.username or ""), unquote(parts.password or "")
        self._brand = dict(parse_qsl(parts.query)).get("brandname", "")

    def send(self, phone: str, text: str, key: str = "") -> Sent:
        asked = {
            "ApiKey": self._key,
            "SecretKey": self._secret,
            "Brandname": self._brand,
            "SmsType": _CARE,
            "IsUnicode": "0",
            "Phone": f"0{phone.removeprefix('+84')}",
            "Content": ascii_only(text),
            "RequestId": key or new_id(),
        }
        headers = {"Content-Type": "application/json"}
        body = json.dumps(asked).encode()
        try:
            reply = outbound.ask(Question(self._url, headers, body, self._inside))
        except Unreached as error:
            return Sent(REFUSED, str(error))
        except Unanswered as error:
            return Sent(UNKNOWN, str(error))
        return _meant(reply.body)


def _meant(body: bytes) -> Sent:
    """What eSMS's answer means: accepted (also when it had this very request before), refused, or unclear."""
    try:
        said = json.loads(body)
        code = str(said["CodeResult"])
    except (ValueError, TypeError, KeyError):
        return Sent(UNKNOWN, "no answer of eSMS's")
    if code in (_ACCEPTED, _SAME_REQUEST):
        return Sent(TAKEN)
    if code == _UNCLEAR or not code.isdigit():
        return Sent(UNKNOWN, f"eSMS {code[:8]}")
    return Sent(REFUSED, f"eSMS {code[:8]}: {_SAID.get(code, 'refused')}")
