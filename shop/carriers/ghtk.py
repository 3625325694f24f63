"""Giao Hàng Tiết Kiệm: parcels booked, asked after and called off over its open API.

After its public documents (api.ghtk.vn, "Order Creation", "Order Status", "Cancellation", "Webhook"): a token
in a header, JSON, our own id with each parcel so that one is not booked twice, notices as unsigned forms.
Refuses redirects, long answers and slow ones.
"""

import json
import re
from urllib.parse import parse_qs, quote

from core import outbound, strict_json
from core.errors import DomainError
from core.outbound import PATIENCE_S, Question, Unanswered, Unreached
from core.strict_json import JsonValue
from shop.carriers.carrier_adapter import (
    Account,
    Booking,
    CarrierRefuses,
    CarrierSilent,
    NewParcel,
)
from shop.carriers.parcel_states import (
    BOOKED,
    CANCELLED,
    DELIVERED,
    LOST,
    MOVING,
    PICKED_UP,
    REFUSED,
    RETURNED,
)

_MOST_BYTES = 64_000
_CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")
_KNOWN_BEFORE = "ORDER_ID_EXIST"
_STATES = {
    **dict.fromkeys(("1", "2", "7", "8", "12", "127", "128"), BOOKED),
    **dict.fromkeys(("3", "123"), PICKED_UP),
    # 45 is the driver's own word and 9 a first try in vain: neither is the end yet.
    **dict.fromkeys(("4", "9", "10", "45", "49", "410"), MOVING),
    **dict.fromkeys(("5", "6"), DELIVERED),
    "20": REFUSED,
    **dict.fromkeys(("11", "21"), RETURNED),
    "13": LOST,
    "-1": CANCELLED,
}


class Ghtk:
    """GHTK at `url`, its machine's address without a path; an answer may take `patience_s`."""

    key = "ghtk"
    label = "Giao Hàng Tiết Kiệm"

    def __init__(self, url: str, patience_s: float = PATIENCE_S) -> None:
        self._url, self._patience_s = url, patience_s

    def book(self, account: Account, parcel: NewParcel) -> Booking:
        answer = self._ask(account, "/services/shipment/order", _order(account, parcel))
        if answer.get("success") is True:
            made = _part(answer, "order")
            return Booking(_code(made.get("label")), _vnd(made.get("fee")))
        error = _part(answer, "error")
        if error.get("code") == _KNOWN_BEFORE:
            return Booking(_code(error.get("ghtk_label")))
        raise CarrierRefuses(str(answer.get("message", "")))

    def state_of(self, account: Account, tracking_code: str) -> str:
        answer = self._ask(account, f"/services/shipment/v2/{quote(tracking_code, safe='')}")
        if answer.get("success") is not True:
            raise CarrierRefuses(str(answer.get("message", "")))
        state = _STATES.get(str(_part(answer, "order").get("status")))
        if state is None:  # a state of theirs we do not know tells us nothing
            raise CarrierSilent("unknown status")
        return state

    def cancel(self, account: Account, tracking_code: str) -> None:
        path = f"/services/shipment/cancel/{quote(tracking_code, safe='')}"
        answer = self._ask(account, path, {})
        if answer.get("success") is not True and self.state_of(account, tracking_code) != CANCELLED:
            raise CarrierRefuses(str(answer.get("message", "")))

    def code_in(self, notice: bytes) -> str:
        try:
            told = strict_json.loads(notice)
        except DomainError:
            told = _form(notice)
        code = told.get("label_id") if isinstance(told, dict) else None
        return code if isinstance(code, str) and _CODE.fullmatch(code) else ""

    def _ask(self, account: Account, path: str, body: JsonValue = None) -> dict[str, JsonValue]:
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {"Token": account.token, "Content-Type": "application/json"}
        # The machine is one the operator named, so it may stand beside ours.
        asked = Question(self._url + path, headers, sent, inside=True, patience_s=self._patience_s)
        try:
            answer = outbound.ask(asked)
        except (Unreached, Unanswered) as error:
            raise CarrierSilent(str(error)) from error
        if answer.status in (401, 403):
            raise CarrierRefuses("401")
        if answer.status == 429 or not (200 <= answer.status < 300 or 400 <= answer.status < 500):
            raise CarrierSilent(str(answer.status))
        return _read(answer.body)


def _order(account: Account, parcel: NewParcel) -> dict[str, JsonValue]:
    sender, receiver = parcel.sender, parcel.receiver
    order: dict[str, JsonValue] = {
        "id": parcel.key,
        "pick_name": sender.name,
        "pick_tel": sender.phone,
        "pick_address": sender.address,
        "pick_province": sender.province,
        "pick_ward": sender.commune,
        "name": receiver.name,
        "tel": receiver.phone,
        "address": receiver.address,
        "province": receiver.province,
        "ward": receiver.commune,
        "hamlet": "Khác",
        "is_freeship": "1",  # the seller pays: the buyer paid the fee with the order
        "pick_money": parcel.cod_vnd,
        "value": parcel.value_vnd,
        "note": parcel.note,
        "weight_option": "gram",
    }
    if account.pick_up:
        order["pick_address_id"] = account.pick_up
    products: list[JsonValue] = [
        {"name": "Nông sản", "weight": parcel.grams, "quantity": 1, "product_code": parcel.key}
    ]
    return {"products": products, "order": order}


def _read(raw: bytes) -> dict[str, JsonValue]:
    try:
        told = strict_json.loads(raw, max_bytes=_MOST_BYTES)
    except DomainError as error:
        raise CarrierSilent(error.code) from error
    if not isinstance(told, dict):
        raise CarrierSilent("not an object")
    return told


def _form(notice: bytes) -> dict[str, JsonValue]:
    try:
        given = parse_qs(notice.decode("utf-8", "replace"), max_num_fields=100)
    except ValueError:  # more fields than any notice has
        return {}
    return {name: values[0] for name, values in given.items()}


def _part(answer: dict[str, JsonValue], name: str) -> dict[str, JsonValue]:
    part = answer.get(name)
    return part if isinstance(part, dict) else {}


def _code(given: JsonValue) -> str:
    if not isinstance(given, str) or not _CODE.fullmatch(given):
        raise CarrierSilent("no tracking code")
    return given


def _vnd(given: JsonValue) -> int | None:
    """A fee as they write one: `30400` or `"30400"`."""
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
