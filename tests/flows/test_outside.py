"""Who orders on another channel: in turn with everybody, once by two roads, found by a link of their own."""

import re

from core.ids import new_id
from tests.factories.identity import bearer
from tests.flows.test_waiting_list import line
from tests.support.stall import LIVE_PRICE_VND, Stall

SAID = "nick\ttext\tid\nHoa\tchốt A1 2\t7\nLan\tA1 2\t8"


def take(stall: Stall, session_id: str, text: str) -> str:
    """Take in all of a paste; the page that answers."""
    rows = [str(place) for place in range(len(text.splitlines()) - 1)]
    form = {"source": "facebook", "pasted": text, "client_id": new_id(), "row": rows}
    path = f"/moderate/{session_id}/outside"
    told = stall.app.test_client().post(path, data=form, headers=bearer(stall.host.token))
    assert told.status_code == 200, told.text
    return told.text


def test_a_nick_waits_in_turn_and_its_owner_orders(stall: Stall) -> None:
    session_id = stall.show(3)
    page = take(stall, session_id, SAID)
    assert take(stall, session_id, SAID).count("/nick/") == 2
    assert (line(stall, session_id, 1), line(stall, session_id, 2)) == (
        ("held", 2, 0),
        ("split", 1, 1),
    )
    key = re.findall(r"Chào Hoa,.*?/nick/([\w-]+)", page)[0]
    buyer = stall.buyer()
    client = stall.app.test_client()
    for who in (buyer, stall.buyer()):
        told = client.post(f"/nick/{key}", data={}, headers=bearer(who.token))
        assert told.status_code == (303 if who is buyer else 409)
    assert buyer.order_basket(session_id, stall.seller)["amount_vnd"] >= 2 * LIVE_PRICE_VND
    assert line(stall, session_id, 1) == ("ordered", 2, 0)
