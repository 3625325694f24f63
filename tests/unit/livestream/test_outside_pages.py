"""The desk for comments from other channels and the page of a claim link, over HTTP."""

import re
from html import unescape
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.db import write
from core.group_writer import GroupWriter
from core.ids import new_id
from livestream.outside import nick_links
from livestream.shows import sessions
from tests.factories.identity import bearer, make_login
from tests.factories.livestream import Show, make_show

SAID = "Hoa Nguyễn: chốt A1 2 gói\nLan: A1 300g\nDung: đẹp quá"


class Desk:
    """A moderator's desk of a running show."""

    def __init__(self, app: Flask, role: str = "moderator") -> None:
        self.client = app.test_client()
        with app.app_context():
            self.show, token = write(lambda session: self._fill(session, role))
        self.headers = bearer(token)
        self.path = f"/moderate/{self.show.id}/outside"

    def _fill(self, session: Session, role: str) -> tuple[Show, str]:
        show = make_show(session)
        return show, make_login(session, roles={show.seller_id: role})[0]

    def look(self, text: str = SAID, **more: object) -> TestResponse:
        form = {"source": "facebook", "pasted": text, **more}
        return self.client.post(f"{self.path}/look", data=form, headers=self.headers)

    def take(self, text: str = SAID, *rows: int) -> TestResponse:
        form = {"source": "facebook", "pasted": text, "client_id": new_id(), "row": [*rows]}
        return self.client.post(self.path, data=form, headers=self.headers)


def words(answer: TestResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_looking_says_what_each_comes_to_and_writes_nothing(app: Flask) -> None:
    desk = Desk(app)
    told = words(desk.look())
    assert "Chốt 2 × A1" in told
    assert "Chưa rõ: đưa vào mục Cần xem" in told
    assert "1 lời trò chuyện" in told
    assert "Chưa có ai" in told


def test_the_servers_writer_speaks_the_language_of_who_asks(app: Flask) -> None:
    """On SQLite writes run in a thread that knows of no request."""
    desk = Desk(app)
    app.extensions["writer"] = GroupWriter(app.extensions["write_engine"])
    form = {"source": "facebook", "pasted": SAID, "client_id": new_id(), "row": [0]}
    told = words(desk.client.post(f"{desk.path}?lang=en", data=form, headers=desk.headers))
    assert "Holding 2, number 1." in told


def test_a_file_is_looked_at_like_a_paste(app: Flask) -> None:
    table = "Tên;Nội dung;ID\nHoa Nguyễn;chốt A1 2 gói;77\n".encode("utf-8-sig")
    told = Desk(app).look("", file=(BytesIO(table), "live.csv"))
    assert told.status_code == 200
    assert "Chốt 2 × A1" in words(told)


def test_what_was_looked_at_is_taken_as_it_stood_there(app: Flask) -> None:
    desk = Desk(app)
    kept = re.search(r"<textarea name=\"pasted\" hidden>\n(.*?)</textarea>", desk.look().text, re.S)
    assert kept is not None
    done = words(desk.take(unescape(kept[1]), 0, 1))
    assert "Đã giữ 2, số 1." in done
    assert "Đã đưa vào mục Cần xem." in done
    assert "Đã nhập rồi" in words(desk.look())


def test_a_number_in_a_comment_is_shown_to_nobody(app: Flask) -> None:
    desk = Desk(app)
    told = desk.take("Hoa: chốt A1 1, 0912345678", 0)
    page = desk.client.get(desk.path, headers=desk.headers)
    assert "Đã giữ 1" in words(told)
    assert "0912" not in told.text + page.text


def test_a_paste_without_names_is_refused_with_the_text_kept(app: Flask) -> None:
    told = Desk(app).look("chốt A1")
    assert told.status_code == 400
    assert "Không thấy lời nào kèm tên" in words(told)
    assert ">chốt A1</textarea>" in told.text


def test_after_the_end_it_becomes_a_lead_with_todays_price(app: Flask) -> None:
    desk = Desk(app)
    with app.app_context():
        write(lambda session: sessions.end(session, desk.show.id))
    told = desk.take(SAID, 0)
    assert "Đã ghi vào danh sách hỏi mua." in words(told)
    assert "/products/" in told.text
    lead = re.search(r"/leads/(\w+)/done", told.text)
    assert lead is not None
    path = f"{desk.path}/leads/{lead[1]}/done"
    desk.client.post(path, data={"client_id": new_id()}, headers=desk.headers)
    page = desk.client.get(desk.path, headers=desk.headers)
    assert f"/leads/{lead[1]}" not in page.text


def test_a_packer_has_no_desk(app: Flask) -> None:
    desk = Desk(app, "packer")
    assert desk.look().status_code == 404


def test_the_owner_opens_the_link_and_gives_a_number_once(app: Flask) -> None:
    desk = Desk(app)
    desk.take(SAID, 0)
    with app.app_context():
        (link,) = write(lambda session: nick_links.of_session(session, desk.show.id))
    path = f"/nick/{link.key}"
    owner, late = app.test_client(), app.test_client()
    ours = {"Origin": str(app.config["SETTINGS"].public_url)}
    assert "2 × " in words(owner.get(path))
    taken = owner.post(path, data={"phone": "0987 654 321", "name": "Hoa"}, headers=ours)
    assert taken.location == f"/live/{desk.show.id}"
    assert "Bạn đã nhận rồi" in words(owner.get(path))
    assert "đã có người nhận" in words(late.get(path))
    second = late.post(path, data={"phone": "0987 654 322", "name": "X"}, headers=ours)
    assert second.status_code == 409


def test_a_wrong_number_is_told_beside_its_field(client: FlaskClient, app: Flask) -> None:
    desk = Desk(app)
    desk.take(SAID, 0)
    with app.app_context():
        (link,) = write(lambda session: nick_links.of_session(session, desk.show.id))
    ours = {"Origin": str(app.config["SETTINGS"].public_url)}
    path = f"/nick/{link.key}"
    told = client.post(path, data={"phone": "12", "name": "Hoa"}, headers=ours)
    assert (told.status_code, "field-error" in told.text) == (400, True)
    assert client.get("/nick/none-such").status_code == 404
