"""Pages and API of the catalogue, as browsers and programs see them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from catalog import certificates, listings, stock
from catalog.models import Listing, Product
from core.clock import FixedClock
from core.db import db, write
from tests.factories.catalog import make_listing, make_product
from tests.factories.growers import vietgap
from tests.factories.identity import make_seller


@pytest.fixture
def listing(app: Flask) -> str:
    """Ten packs of tea on sale."""
    with app.app_context():
        return write(lambda session: make_listing(session, on_hand=2000))


def change(app: Flask, act: object) -> None:
    with app.app_context():
        write(act)  # type: ignore[arg-type]


def shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_product_page_says_what_how_much_and_from_whom(client: FlaskClient, listing: str) -> None:
    page = shown(client, f"/products/{listing}")
    for words in (
        "Chè móc câu Tân Cương",
        "65.000 đ",
        "325.000 đ/kg",
        "Còn 10 gói",
        "Xóm Hồng Thái",
    ):
        assert words in page
    assert 'action="/cart/lines"' in page


def test_its_form_puts_the_packs_into_the_cart(client: FlaskClient, listing: str) -> None:
    form = {"client_id": "product-page-1", "listing": listing, "packs": "3"}
    headers = {"Origin": "http://localhost"}
    answer = client.post("/cart/lines", data=form, headers=headers, follow_redirects=True)
    assert "195.000 đ" in answer.get_data(as_text=True)


def test_what_only_a_live_sale_has_is_not_sold_on_the_page(
    app: Flask, client: FlaskClient, listing: str
) -> None:
    def grant_all(session: Session) -> None:
        product = session.get_one(Listing, listing).product_id
        stock.grant(session, product, 2000, "pin:A1")

    change(app, grant_all)
    page = shown(client, f"/products/{listing}")
    assert "phiên live" in page
    assert 'action="/cart/lines"' not in page


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("UPDATE listings SET state = 'hidden'", "nghỉ bán"),
        ("UPDATE stock SET on_hand = 0", "Tạm hết"),
    ],
)
def test_a_page_without_goods_says_so_and_sells_nothing(
    app: Flask, client: FlaskClient, listing: str, setting: str, words: str
) -> None:
    change(app, lambda session: session.connection().exec_driver_sql(setting))
    page = shown(client, f"/products/{listing}")
    assert words in page
    assert 'action="/cart/lines"' not in page


def test_other_packs_of_the_same_product_are_a_tap_away(
    app: Flask, client: FlaskClient, listing: str
) -> None:
    def add_half_kilo(session: Session) -> str:
        product = session.get_one(Listing, listing).product_id
        return make_listing(session, product_id=product, pack_size=500, price_vnd=155_000)

    with app.app_context():
        other = write(add_half_kilo)
    assert f'href="/products/{other}"' in shown(client, f"/products/{listing}")


def test_a_story_cannot_bring_markup(app: Flask, client: FlaskClient, listing: str) -> None:
    def tell(session: Session) -> None:
        for product in session.query(Product):
            product.story = "<script>alert(1)</script>"

    change(app, tell)
    assert "<script>alert" not in shown(client, f"/products/{listing}")


@pytest.mark.parametrize("query", ["che moc cau", "CHÈ"])
def test_search_finds_without_marks(client: FlaskClient, listing: str, query: str) -> None:
    assert f"/products/{listing}" in shown(client, f"/search?q={query}")


@pytest.mark.parametrize("query", ["gạo", "%25", "'", "<b>", "a" * 500])
def test_search_that_finds_nothing_helps(client: FlaskClient, listing: str, query: str) -> None:
    page = shown(client, f"/search?q={query}")
    assert "Chưa thấy món này" in page
    assert "<b>“" not in page


def test_search_goes_on_page_by_page(app: Flask, client: FlaskClient) -> None:
    def fill(session: Session) -> None:
        product = make_product(session, on_hand=2000)
        for _ in range(30):
            make_listing(session, product_id=product)

    change(app, fill)
    first = shown(client, "/search")
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = shown(client, following.replace("&amp;", "&"))
    assert (first.count("<h3"), second.count("<h3")) == (24, 6)


def test_a_seller_page_shows_the_papers_that_count_today(
    app: Flask, client: FlaskClient, listing: str, time_at: FixedClock
) -> None:
    with app.app_context():
        seller = listings.get(db.session(), listing).seller_id
        write(lambda session: certificates.add(session, seller, vietgap()))
    assert "VietGAP-TT-12-0456" in shown(client, f"/sellers/{seller}")
    time_at.advance(366 * 86_400_000)
    assert "VietGAP-TT-12-0456" not in shown(client, f"/sellers/{seller}")


def test_a_seller_page_shows_who_and_what(app: Flask, client: FlaskClient, listing: str) -> None:
    with app.app_context():
        seller = listings.get(db.session(), listing).seller_id
    page = shown(client, f"/sellers/{seller}")
    assert f"/products/{listing}" in page
    assert "Người đại diện" in page
    assert f'name="seller" value="{seller}"' in page


def test_a_search_within_a_seller_stays_there(
    app: Flask, client: FlaskClient, listing: str
) -> None:
    change(app, lambda session: make_listing(session))
    with app.app_context():
        seller = listings.get(db.session(), listing).seller_id
    page = shown(client, f"/search?q=che&seller={seller}&month=")
    assert page.count('<li class="listing">') == 1
    assert page.count(f'name="seller" value="{seller}"') == 2, "the field and the sheet of filters"


@pytest.mark.parametrize(
    "path", ["/products/nowhere", "/sellers/nowhere", "/api/v1/listings/nowhere"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_api_lists_and_reads(client: FlaskClient, listing: str) -> None:
    page = client.get("/api/v1/listings?q=che&limit=5").get_json()
    assert [item["id"] for item in page["list"]] == [listing]
    assert page["after"] is None
    one = client.get(f"/api/v1/listings/{listing}").get_json()
    assert one == page["list"][0]
    assert (one["left"], one["price_vnd"], one["unit"]) == (10, 65_000, "gói 200 g")


def test_the_api_narrows_and_sorts(client: FlaskClient, listing: str) -> None:
    narrow = "kind=che_moc_cau&in_stock=true&per_from_vnd=1&per_to_vnd=400000&sort=price"
    page = client.get(f"/api/v1/listings?q=che&{narrow}").get_json()
    assert ([item["id"] for item in page["list"]], page["count"]) == ([listing], 1)
    assert client.get("/api/v1/listings?kind=na").get_json()["count"] == 0


def test_the_api_says_what_it_looked_for_instead(client: FlaskClient, listing: str) -> None:
    page = client.get("/api/v1/listings?q=tre+moc+cau").get_json()
    assert ([item["id"] for item in page["list"]], page["meant"]) == ([listing], "che moc cau")


@pytest.mark.parametrize(
    "question",
    [
        "limit=0",
        "limit=61",
        "limit=x",
        "limit=1e3",
        "after=x",
        "color=red",
        "q=" + "a" * 81,
        "kind=gold",
        "commune=00000",
        "seller=a b",
        "paper=other",
        "in_stock=perhaps",
        "per_from_vnd=-1",
        "per_to_vnd=50k",
        "sort=rich",
        "sort=",
    ],
)
def test_the_api_refuses_what_it_does_not_know(client: FlaskClient, question: str) -> None:
    answer = client.get(f"/api/v1/listings?{question}")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("path", ["/search", "/api/v1/listings", "/products/{listing}"])
def test_a_page_asks_the_database_no_more_for_more_goods(
    app: Flask, client: FlaskClient, listing: str, path: str
) -> None:
    def fill(session: Session) -> None:
        seller = session.get_one(Listing, listing).seller_id
        for _ in range(4):
            make_listing(session, seller)
            make_listing(session, make_seller(session))

    change(app, fill)
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    shown(client, path.format(listing=listing))
    few = len(asked)
    change(app, fill)
    shown(client, path.format(listing=listing))
    assert len(asked) == 2 * few, asked
