"""The road to a device: web push, sealed for that browser, signed by the market.

A service that took a message has not shown it: the device says so itself (`telling.shown`). Refuses to put
more into a message than a locked screen may show: the subject and the way to the page, no name, no sum.
"""

import json
import secrets
from collections.abc import Collection

from cryptography.hazmat.primitives.asymmetric import ec

from core import clock, outbound
from core.outbound import Question, Unanswered, Unreached
from shop.notices import push_keys, push_rules, push_sealing
from shop.notices.letters import Letter
from shop.notices.notice_rules import PUSH
from shop.notices.push_devices import Target
from shop.notices.push_rules import GONE, LATER, TAKEN
from shop.notices.roads import REFUSED, SENT, UNKNOWN, Fate, Recipient, merged

_DAY_S = 86_400
_AGAIN_S = 60


class PushRoad:
    """`contact` is the market's address for push services; `added` are origins an operator trusts too."""

    name = PUSH

    def __init__(self, contact: str, added: Collection[str] = ()) -> None:
        self._contact = contact
        self._added = added

    def leads_to(self, recipient: Recipient) -> bool:
        return bool(recipient.devices)

    def send(self, recipient: Recipient, letter: Letter, key: str) -> Fate:
        return merged([self._to(device, letter, key) for device in recipient.devices])

    def _to(self, device: Target, letter: Letter, key: str) -> Fate:
        gone = frozenset({device.endpoint})
        if not push_rules.is_known(device.endpoint, self._added):
            return Fate(REFUSED, "service not known", gone=gone)
        try:
            answer = outbound.ask(
                Question(
                    device.endpoint,
                    self._headers(device, letter, key),
                    _sealed(device, letter),
                    inside=push_rules.origin_of(device.endpoint) in self._added,
                )
            )
        except Unreached as error:
            return Fate(REFUSED, str(error), _AGAIN_S)
        except Unanswered as error:
            return Fate(UNKNOWN, str(error))
        verdict = push_rules.verdict(answer.status, answer.headers)
        if verdict.word == TAKEN:
            return Fate(SENT)
        if verdict.word == LATER:
            return Fate(REFUSED, str(answer.status), verdict.again_s)
        return Fate(REFUSED, str(answer.status), gone=gone if verdict.word == GONE else frozenset())

    def _headers(self, device: Target, letter: Letter, key: str) -> dict[str, str]:
        now_ms = clock.now_ms()
        left_s = _DAY_S if letter.stale_ms is None else max(0, letter.stale_ms - now_ms) // 1000
        audience = push_rules.origin_of(device.endpoint)
        return {
            **push_sealing.vapid(audience, self._contact, now_ms, push_keys.signer()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(min(left_s, _DAY_S)),
            "Urgency": "high" if letter.urgent else "normal",
            "Topic": key,
        }


def _sealed(device: Target, letter: Letter) -> bytes:
    """`tag` makes a message that came twice replace itself on the screen."""
    said = {"title": letter.subject, "body": letter.glance, "url": letter.link, "tag": letter.link}
    plain = json.dumps({**said, "lang": device.lang}, ensure_ascii=False).encode()
    salt = secrets.token_bytes(push_sealing.SALT_BYTES)
    return push_sealing.sealed(plain, device.keys, salt, ec.generate_private_key(ec.SECP256R1()))
