"""Places in a room belong to sockets that are there."""

import pytest
from flask import Flask, request

from core.db import write
from livestream.delivery import sockets
from livestream.delivery.delivery import Peer
from tests.factories.livestream import make_show


def test_a_socket_hung_up_on_while_it_joins_leaves_no_listener_behind(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a join waits for its answers; meanwhile a slow or signed-out socket may be closed."""
    with app.test_request_context():
        session_id = write(make_show).id
        request.sid = "here"  # type: ignore[attr-defined]
        held: sockets.Sockets = app.extensions["sockets"]
        held.peers["here"] = Peer("here", None)

        def hang_up(*_asked: object) -> list[str]:
            sockets.disconnect()
            return []

        monkeypatch.setattr(sockets, "_places", hang_up)
        with pytest.raises(sockets.Gone):
            sockets.join({"session": session_id})
        room = held.hall.enter(session_id, Peer("next", None))
        held.hall.leave(session_id, "next")
    assert (held.joined.get(session_id), room.peers) == (None, {})
