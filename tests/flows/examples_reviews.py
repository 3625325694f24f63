"""Right requests for reviews and following, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_ORDER = "/orders/<code>/reviews"
_DESK = "/console/<seller>/reviews"
_PROVINCE = "/province/reviews"
_DELIVERED = {"code": "delivered_code"}


def review(market: Market) -> Body:
    return {"listing": market.ids["listing"], "stars": 5, "words": "Chè thơm, giao nhanh"}


_WORDS = frozenset({"words"})
_REPLY = frozenset({"reply"})
_BUYERS = {
    f"GET {_ORDER}": Example(who="buyer", things=_DELIVERED),
    f"POST {_ORDER}": Example(
        303,
        "buyer",
        form=review,
        things=_DELIVERED,
        optional=_WORDS,
        blank=_WORDS,
        anything=_WORDS,
        foreign={"listing": "foreign_listing"},
    ),
}
_FOLLOW = {"POST /sellers/<seller>/follow": Example(303, "buyer", form=lambda _: {"follow": "yes"})}
_PAGES = {f"GET {_DESK}": Example(who="staff_a")}
_FORMS = {
    f"POST {_DESK}/<review>/reply": Example(
        303,
        "staff_a",
        form=lambda _: {"client_id": "reply-to-buyer", "reply": "Cảm ơn bạn"},
        optional=_REPLY,
        blank=_REPLY,
        anything=_REPLY,
    ),
}
_OFFICERS = {
    f"GET {_PROVINCE}": Example(who="officer"),
    f"POST {_PROVINCE}/<review>/hide": Example(
        303,
        "officer",
        form=lambda _: {"client_id": "review-hidden", "reason": "lộ số điện thoại"},
        anything=frozenset({"reason"}),
    ),
}
EXAMPLES: dict[str, Example] = {**_BUYERS, **_FOLLOW, **_PAGES, **_FORMS, **_OFFICERS}
CELLS: dict[str, Cells] = {
    f"GET {_ORDER}": (404, 404, 200, 404, 404, 404),
    f"POST {_ORDER}": (404, 404, 303, 404, 404, 404),
    # Who is not signed in with a proved number is led to the entrance.
    **dict.fromkeys(_FOLLOW, (303,) * 6),
    **dict.fromkeys(_PAGES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_FORMS, (401, 404, 404, 404, 404, 303)),
    **dict.fromkeys(_OFFICERS, (401, 404, 404, 404, 404, 404)),
}
