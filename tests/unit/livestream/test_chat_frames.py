"""What the room hears of its talk: lines, lines taken away, other rules; nothing of what is out of sight."""

from flask import Flask

from core.client_ids import JsonObject
from core.clock import now_ms
from core.db import db, write
from livestream.delivery.delivery import Hall, Peer
from livestream.desk import intake
from livestream.desk.intake import Commented
from livestream.room.room_words import write_words
from livestream.talk import chat
from livestream.talk.chat_rules import ChatRules
from livestream.talk.comments import CommentRequest
from tests.factories.livestream import make_buyer, make_show


def test_the_room_hears_of_lines_of_their_removal_and_of_new_rules(app: Flask) -> None:
    told: list[JsonObject] = []

    def tell(event: str, payload: JsonObject, _to: str) -> None:
        if event == "chat":
            told.append(payload)

    hall = Hall(app, tell, lambda *_anything: None)
    with app.app_context():
        show, buyer = write(make_show), write(make_buyer)
        room = hall.enter(show.id, Peer("one", None))
        asked = [CommentRequest(show.id, text, buyer, now_ms()) for text in ("một", "xấu")]
        write(lambda s: chat.set_rules(s, show.id, ChatRules(words=frozenset({"xau"}))))
        (said, _hidden) = write(lambda s: intake.serve(s, asked))
        assert isinstance(said, Commented)
        db.session.rollback()
        hall._tell_chat(room)
        write(lambda s: chat.remove(s, show.id, said.comment_id))
        write(lambda s: chat.set_rules(s, show.id, ChatRules(10, staff_only=True)))
        hall._tell_chat(room)
        hall._tell_chat(room)
        room.peers.clear()
    first, second = told
    assert [line["text"] for line in first["list"]] == ["một"]  # type: ignore[index, union-attr]
    rules = {"slow_s": 10, "staff_only": True}
    assert second == {"session": show.id, "list": [], "gone": [said.comment_id], "rules": rules}


def test_the_empty_field_says_how_one_may_write(app: Flask) -> None:
    with app.test_request_context():
        assert "10 giây" in write_words(True, {"slow_s": 10, "staff_only": False})
        assert "chốt A1 2" in write_words(True, {"slow_s": 10, "staff_only": True})
        assert write_words(False, {"slow_s": 0, "staff_only": False}).startswith("Chỉ nhắn")
