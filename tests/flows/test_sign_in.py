"""Coming in and going out, by programs and by pages; what a device that only typed a number learns."""

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core import messages
from core.messages import NoSender
from tests.factories.identity import bearer, new_phone
from tests.flows.build import BUYERS_PHONE, BUYERS_PHONE_SHOWN, PASSWORD
from tests.flows.market import GUEST, Market

AUTH = "/api/v1/auth"
OURS = {"Sec-Fetch-Site": "same-origin"}


def post(market: Market, what: str, role: str = GUEST, **body: str) -> TestResponse:
    return market.ask(role, "POST", f"{AUTH}/{what}", json=body)


def last_code(market: Market) -> str:
    """The code in the newest message this demo market kept."""
    kept = market.app.config["SETTINGS"].data_dir / "messages.jsonl"
    text: str = json.loads(kept.read_text("utf-8").splitlines()[-1])["text"]
    return "".join(letter for letter in text if letter.isdigit())[:6]


def name_of(market: Market, token: str) -> str:
    """How the account page greets a device."""
    page: str = market.client().get("/account", headers=bearer(token)).text
    return "Hoa" if "<b>Hoa</b>" in page else page


@pytest.fixture
def browser(market: Market) -> FlaskClient:
    """A browser on one of our pages: it keeps cookies and says where it comes from."""
    client = market.app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def test_a_number_and_a_name_are_enough_for_a_device(market: Market) -> None:
    told = post(market, "phone", phone="0987.654.321", name="  Lan   Anh ").get_json()
    assert (told["name"], told["verified"]) == ("Lan Anh", False)
    assert len(told["token"]) == 43


def test_a_known_number_is_answered_like_a_new_one(market: Market) -> None:
    known = post(market, "phone", phone=BUYERS_PHONE, name="Kẻ lạ").get_json()
    new = post(market, "phone", phone=new_phone(), name="Kẻ lạ").get_json()
    assert known.keys() == new.keys()
    assert (known["name"], known["verified"]) == (new["name"], new["verified"])


def test_who_types_a_strangers_number_sees_no_name_and_renames_nobody(market: Market) -> None:
    token = post(market, "phone", phone=BUYERS_PHONE, name="Kẻ lạ").get_json()["token"]
    assert "Hoa" not in market.client().get("/account", headers=bearer(token)).text
    assert name_of(market, market.tokens["buyer"]) == "Hoa"


def test_a_device_that_gives_its_number_again_keeps_its_token(market: Market) -> None:
    phone = new_phone()
    token = post(market, "phone", phone=phone, name="Lan").get_json()["token"]
    again = market.client().post(
        f"{AUTH}/phone", json={"phone": phone, "name": "Lan Anh"}, headers=bearer(token)
    )
    assert again.get_json() == {"token": token, "name": "Lan Anh", "verified": False}


def test_the_code_proves_the_number(market: Market) -> None:
    assert post(market, "otp", phone=BUYERS_PHONE).status_code == 200
    told = post(market, "verify", phone=BUYERS_PHONE, code=last_code(market)).get_json()
    assert (told["name"], told["verified"]) == ("Hoa", True)
    again = post(market, "verify", phone=BUYERS_PHONE, code=last_code(market))
    assert (again.status_code, again.get_json()["code"]) == (401, "wrong_code")


def test_a_wrong_guess_costs_a_try_though_it_fails(market: Market) -> None:
    post(market, "otp", phone=BUYERS_PHONE)
    right = last_code(market)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(5):
        assert post(market, "verify", phone=BUYERS_PHONE, code=wrong).status_code == 401
    assert post(market, "verify", phone=BUYERS_PHONE, code=right).status_code == 401


def test_the_first_who_proves_a_number_brings_the_name(market: Market) -> None:
    phone = new_phone()
    post(market, "phone", phone=phone, name="Kẻ lạ")
    token = post(market, "phone", phone=phone, name="Lan").get_json()["token"]
    post(market, "otp", phone=phone)
    body = {"phone": phone, "code": last_code(market)}
    told = market.client().post(f"{AUTH}/verify", json=body, headers=bearer(token)).get_json()
    assert told["name"] == "Lan"


def test_a_number_nobody_named_yet_can_be_proved_too(market: Market) -> None:
    phone = new_phone()
    post(market, "otp", phone=phone)
    told = post(market, "verify", phone=phone, code=last_code(market)).get_json()
    assert told["name"] == "Khách"


def test_where_no_messages_are_sent_one_is_told_what_to_do(market: Market) -> None:
    sender = market.app.extensions["messages"]
    messages.use(market.app, NoSender())
    answer = post(market, "otp", phone=BUYERS_PHONE)
    messages.use(market.app, sender)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "sms_off")
    assert "gọi xác nhận" in answer.get_json()["detail"]
    assert market.count("one_time_codes") == 0


def test_a_password_signs_in_and_a_wrong_one_says_nothing(market: Market) -> None:
    right = post(market, "login", phone=BUYERS_PHONE, password=PASSWORD).get_json()
    assert (right["name"], right["verified"]) == ("Hoa", True)
    wrong = post(market, "login", phone=BUYERS_PHONE, password="x")
    unknown = post(market, "login", phone=new_phone(), password="x")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.get_json() == unknown.get_json()


def test_guessing_passwords_soon_meets_a_wall_for_that_number_alone(market: Market) -> None:
    for _ in range(10):
        assert post(market, "login", phone=BUYERS_PHONE, password="x").status_code == 401
    answer = post(market, "login", phone=BUYERS_PHONE, password=PASSWORD)
    assert (answer.status_code, answer.get_json()["code"]) == (429, "too_fast")
    assert int(answer.headers["Retry-After"]) > 0
    assert post(market, "login", phone=new_phone(), password="x").status_code == 401


def test_one_address_may_give_very_many_numbers(market: Market) -> None:
    """Whole provinces share one address: a market day must not stop at a limit."""
    told = {post(market, "phone", phone=new_phone(), name="Lan").status_code for _ in range(300)}
    assert told == {200}


def test_out_is_out_for_this_device_alone(market: Market) -> None:
    token = post(market, "login", phone=BUYERS_PHONE, password=PASSWORD).get_json()["token"]
    client = market.client()
    assert client.post(f"{AUTH}/logout", json={}, headers=bearer(token)).status_code == 200
    assert client.post(f"{AUTH}/logout", json={}, headers=bearer(token)).status_code == 401
    assert post(market, "logout", "buyer").status_code == 200


def test_a_program_gets_no_cookie(market: Market) -> None:
    answer = market.client().post(f"{AUTH}/phone", json={"phone": new_phone(), "name": "Lan"})
    assert "Set-Cookie" not in answer.headers


def test_a_page_of_ours_gets_a_cookie_scripts_cannot_read(browser: FlaskClient) -> None:
    answer = browser.post(f"{AUTH}/phone", json={"phone": new_phone(), "name": "Lan"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Lan" in browser.get("/account").text


def test_a_page_of_another_site_gets_no_cookie_and_writes_nothing(market: Market) -> None:
    client, elsewhere = market.app.test_client(), {"Origin": "https://evil.example"}
    told = client.post(
        f"{AUTH}/login", json={"phone": BUYERS_PHONE, "password": PASSWORD}, headers=elsewhere
    )
    assert "Set-Cookie" not in told.headers
    client.set_cookie("device", market.tokens["buyer"])
    for headers in (elsewhere, {}, {"Sec-Fetch-Site": "cross-site"}):
        refused = client.post("/account/name", data={"name": "Bị đổi"}, headers=headers)
        assert refused.status_code == 403
    assert name_of(market, market.tokens["buyer"]) == "Hoa"


def test_proving_a_number_ends_the_token_a_browser_had_before(
    market: Market, browser: FlaskClient
) -> None:
    old = browser.post(f"{AUTH}/phone", json={"phone": BUYERS_PHONE, "name": "Hoa"}).get_json()
    new = browser.post(
        f"{AUTH}/login", json={"phone": BUYERS_PHONE, "password": PASSWORD}
    ).get_json()
    assert old["token"] != new["token"]
    assert market.client().get("/account", headers=bearer(old["token"])).status_code == 303
    assert browser.get("/account").status_code == 200


def test_the_cart_comes_along_when_the_number_is_proved(
    market: Market, browser: FlaskClient
) -> None:
    listing = market.ids["second_listing"]
    wanted = {"client_id": "wanted-before", "listing": listing, "packs": "3"}
    browser.post("/cart/lines", data=wanted)
    browser.post(f"{AUTH}/login", json={"phone": BUYERS_PHONE, "password": PASSWORD})
    market.settle()
    told = browser.get("/api/v1/cart").get_json()
    assert {
        (line["listing"], line["packs"]) for part in told["sellers"] for line in part["lines"]
    } == {
        (market.ids["listing"], 2),
        (listing, 3),
    }


def test_the_entrance_page_leads_in_and_back_to_where_one_was(browser: FlaskClient) -> None:
    assert browser.get("/account").headers["Location"] == "/login?next=/account"
    form = {"phone": BUYERS_PHONE_SHOWN, "password": PASSWORD, "next": "/account"}
    answer = browser.post("/login", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert "Hoa" in browser.get("/account").text


@pytest.mark.parametrize("next_page", ["https://evil.example", "//evil.example", "/\\evil", "x"])
def test_nobody_is_led_elsewhere(browser: FlaskClient, next_page: str) -> None:
    form = {"phone": BUYERS_PHONE, "password": PASSWORD, "next": next_page}
    assert browser.post("/login", data=form).headers["Location"] == "/"


def test_a_wrong_password_says_so_on_the_page_and_forgets_what_was_typed(
    browser: FlaskClient,
) -> None:
    answer = browser.post("/login", data={"phone": BUYERS_PHONE, "password": "sai rồi đó"})
    assert answer.status_code == 401
    assert "chưa đúng" in answer.text
    assert BUYERS_PHONE in answer.text
    assert "sai rồi đó" not in answer.text


def test_the_pages_prove_a_number_by_code(market: Market, browser: FlaskClient) -> None:
    page = browser.post("/login/code", data={"phone": BUYERS_PHONE, "next": "/account"})
    assert 'name="code"' in page.text
    form = {"phone": BUYERS_PHONE, "code": last_code(market), "next": "/account"}
    assert browser.post("/login/verify", data=form).headers["Location"] == "/account"
    assert "đã xác nhận" in browser.get("/account").text


def test_the_account_page_signs_out_another_device(market: Market, browser: FlaskClient) -> None:
    browser.post("/login", data={"phone": BUYERS_PHONE, "password": PASSWORD})
    device = market.ids["device"]
    assert f"/account/devices/{device}/sign-out" in browser.get("/account").text
    browser.post(f"/account/devices/{device}/sign-out")
    assert market.ask("buyer", "GET", "/account").status_code == 303
    assert browser.get("/account").status_code == 200


def test_signing_out_on_the_page_forgets_the_cookie(browser: FlaskClient) -> None:
    browser.post("/login", data={"phone": BUYERS_PHONE, "password": PASSWORD})
    assert browser.post("/logout").headers["Location"] == "/"
    assert browser.get("/account").headers["Location"] == "/login?next=/account"
