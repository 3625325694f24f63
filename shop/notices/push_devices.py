"""Which devices asked to be told, in which language: one subscription a device, ended by it or its service.

A notice goes to devices that proved the person's number, and to the one that did what it is about
(ADR 0004): whoever merely typed a number hears nothing of its owner. Refuses push services of unknown
browsers, and keys that are none.
"""

from collections.abc import Collection
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import N_, DomainError
from core.identity import logins
from core.identity.logins import Login, SignedIn
from shop.notices import push_rules
from shop.notices.models import PushDevice
from shop.notices.push_sealing import AUTH_BYTES, POINT_BYTES, DeviceKeys, from_base64url

_MOST_TOLD = 5


class BadPush(DomainError):
    """What the browser told of its push service cannot be used."""

    code = "bad_push"
    status = 400
    message = N_("Trình duyệt này chưa nhận được báo của chợ. Bạn xem ở trang Tin của tôi nhé.")


@dataclass(frozen=True)
class Subscription:
    """What a browser hands over: where its service is written to, its keys (base64url), its language."""

    endpoint: str
    p256dh: str
    auth: str
    lang: str


@dataclass(frozen=True)
class Target:
    """A device to be told: where, under which keys, in which language."""

    endpoint: str
    keys: DeviceKeys
    lang: str


def subscribe(
    session: Session, login: Login, given: Subscription, added: Collection[str] = ()
) -> None:
    """Have `login`'s device be told from now on; what another device had of that browser ends.

    `added` are origins of push services beside those of known browsers. Doing it again changes nothing.

    Raises:
        LoginRequired: nobody is to be told. BadPush: the service or a key is none.
    """
    person_id = logins.require_person(login)
    if not push_rules.is_known(given.endpoint, added):
        raise BadPush()
    _keys(given.p256dh, given.auth)
    mine = (PushDevice.device_id == login.device_id) | (PushDevice.endpoint == given.endpoint)
    session.execute(delete(PushDevice).where(mine).execution_options(synchronize_session=False))
    session.add(
        PushDevice(
            device_id=login.device_id,
            person_id=person_id,
            endpoint=given.endpoint,
            p256dh=given.p256dh,
            auth=given.auth,
            lang=given.lang,
            since_ms=clock.now_ms(),
        )
    )
    session.flush()


def unsubscribe(session: Session, device_id: str) -> None:
    """Have the device be told no more; doing it again changes nothing."""
    drop = delete(PushDevice).where(PushDevice.device_id == device_id)
    session.execute(drop.execution_options(synchronize_session=False))


def is_on(session: Session, login: Login) -> bool:
    """Whether this device is told what concerns whoever uses it now."""
    row = session.get(PushDevice, login.device_id)
    return row is not None and row.person_id == login.person_id


def targets(session: Session, person_id: str, device_id: str | None) -> tuple[Target, ...]:
    """The devices to tell of what `device_id` did for the person: the newest five."""
    query = select(PushDevice).where(PushDevice.person_id == person_id)
    rows = session.scalars(query.order_by(PushDevice.since_ms.desc(), PushDevice.device_id)).all()
    known = logins.signed_in(session, [row.device_id for row in rows])
    told = [row for row in rows if _hears(row, known.get(row.device_id), device_id)][:_MOST_TOLD]
    return tuple(Target(one.endpoint, _keys(one.p256dh, one.auth), one.lang) for one in told)


def of_device(session: Session, person_id: str, device_id: str | None) -> tuple[Target, ...]:
    """That one device, if it is the person's still and listens; of others none."""
    row = session.get(PushDevice, device_id) if device_id else None
    known = logins.signed_in(session, [row.device_id]) if row else {}
    if row is None or row.person_id != person_id:
        return ()
    if not _hears(row, known.get(row.device_id), device_id):
        return ()
    return (Target(row.endpoint, _keys(row.p256dh, row.auth), row.lang),)


def drop(session: Session, endpoints: Collection[str]) -> None:
    """Forget subscriptions their services do not know any more."""
    gone = delete(PushDevice).where(PushDevice.endpoint.in_(sorted(endpoints)))
    session.execute(gone.execution_options(synchronize_session=False))


def _hears(row: PushDevice, now: SignedIn | None, device_id: str | None) -> bool:
    """Whether a device may be told: still its person's, and proved or the one that did it."""
    if now is None or now.person_id != row.person_id:
        return False
    return now.verified or row.device_id == device_id


def _keys(p256dh: str, auth: str) -> DeviceKeys:
    try:
        keys = DeviceKeys(from_base64url(p256dh), from_base64url(auth))
        if (len(keys.point), len(keys.auth)) != (POINT_BYTES, AUTH_BYTES):
            raise ValueError
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.point)
    except ValueError as error:
        raise BadPush() from error
    return keys
