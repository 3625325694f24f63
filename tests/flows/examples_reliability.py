"""Right requests about deposits, and what each role gets there."""

from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_WHY = "/deposits/<seller>"
_DESK = "/console/<seller>/deposits"
_OFFICE = "/officer/deposits"
_REASON = frozenset({"reason"})


def share(market: Market) -> Body:
    return {"client_id": "deposit-share", "kind": "percent", "worth": "25"}


def reason(market: Market) -> Body:
    return {"client_id": "deposit-reason", "reason": "hôm đó nhà mất mạng"}


def answer(market: Market) -> Body:
    return {
        "client_id": "deposit-answer",
        "person": market.ids["buyer"],
        "answer": "forgive",
        "reason": "khách quen",
    }


def office_answer(market: Market) -> Body:
    return {**answer(market), "seller": market.ids["seller"]}


_PAGES = {f"GET {_DESK}": Example(who="staff_a")}
_FORMS = {
    f"POST {_DESK}": Example(303, "staff_a", form=share),
    f"POST {_DESK}/answer": Example(303, "staff_a", form=answer, anything=_REASON),
}
_OFFICERS = {
    f"GET {_OFFICE}": Example(who="officer"),
    f"POST {_OFFICE}": Example(303, "officer", form=office_answer, anything=_REASON),
}
EXAMPLES: dict[str, Example] = {
    f"GET {_WHY}": Example(who="buyer", needs_login=False),
    f"POST {_WHY}": Example(303, "buyer", form=reason, anything=_REASON, needs_login=False),
    **_PAGES,
    **_FORMS,
    **_OFFICERS,
}
CELLS: dict[str, Cells] = {
    # What is said there is each one's own: nobody but the buyer has anything to answer for.
    f"GET {_WHY}": (200,) * 6,
    f"POST {_WHY}": (303, 409, 303, 409, 409, 409),
    **dict.fromkeys(_PAGES, (401, 404, 404, 404, 404, 200)),
    **dict.fromkeys(_FORMS, (401, 404, 404, 404, 404, 303)),
    **dict.fromkeys(_OFFICERS, (401, 404, 404, 404, 404, 404)),
}
