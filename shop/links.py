"""Addresses of an order's page, with the capability that opens it.

The market's own address is told once at start (`publish_under`), because answers are made where no
request is at hand. Until then links are paths.
"""


class _State:
    public_url = ""


def publish_under(public_url: str) -> None:
    """Have links begin with `public_url` (scheme and host, no slash at the end)."""
    _State.public_url = public_url


def market_url() -> str:
    """The market's own address."""
    return _State.public_url


def order_path(code: str, capability: str) -> str:
    """The path of the order's page, opened by its capability."""
    return f"/orders/{code}?k={capability}"


def public(path: str) -> str:
    """The whole address of `path`."""
    return _State.public_url + path


def order_url(code: str, capability: str) -> str:
    """The whole address of the order's page, to be sent to the buyer."""
    return _State.public_url + order_path(code, capability)


def case_path(case_id: str, capability: str) -> str:
    """The path of a complaint's page for whoever made it, opened by its capability."""
    return f"/cases/{case_id}?k={capability}"


def notice_url(notice_id: str) -> str:
    """The whole, short address a notice ends with; it leads to what the notice is about."""
    return f"{_State.public_url}/n/{notice_id}"


def mailbox_url(token: str) -> str:
    """The whole address that confirms whose mailbox it was sent to."""
    return f"{_State.public_url}/mailbox/{token}"


def receipt_url(receipt_id: str) -> str:
    """The whole address of a receipt."""
    return f"{_State.public_url}/receipts/{receipt_id}"


def trace_url(lot_id: str) -> str:
    """The whole address of the page that tells where a lot comes from."""
    return f"{_State.public_url}/trace/{lot_id}"


def carrier_notices_url(carrier: str) -> str:
    """The whole address a carrier sends its notices to."""
    return f"{_State.public_url}/webhooks/carriers/{carrier}"
