"""Pages about one product and one lot: what the law wants said, what nobody may learn, what machines read."""

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from catalog import certificates, sitemap
from catalog.certificates import NewCertificate
from catalog.growers import households, members, plots
from catalog.growers.households import NewEntry
from catalog.growers.members import NewMember
from catalog.growers.plots import NewPlot
from catalog.lots import record, runs, states
from catalog.lots.record import NewHarvest
from catalog.lots.runs import RunInput, RunOutput
from catalog.models import Lot, Product
from core import clock, qr_image
from core.db import write
from core.identity.models import Seller
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_seller
from tests.factories.offers import make_forecast

ACTOR = "p:somebody"
MEMBERS_PHONE = "0912777888"


@pytest.fixture
def tea(app: Flask) -> dict[str, str]:
    """Tea made of two members' leaf, on sale with stars."""
    with app.app_context():
        return write(_make_tea)


def _make_tea(session: Session) -> dict[str, str]:
    seller = make_seller(session, "HTX Chè Khe Cốc")
    session.get_one(Seller, seller).tax_id = "4601234567"
    leaf = make_product(session, seller, name="Chè tươi")
    dry = make_product(session, seller, name="Chè khô", brand="Khe Cốc", standards="TCVN 9740:2013")
    inputs = []
    for name, grams, area in (
        ("Hoàng Thị Mận", 60_000, "VN-0412"),
        ("Lý Văn Páo", 40_000, "VN-0413"),
    ):
        person = members.add(
            session, seller, NewMember(name, phone=MEMBERS_PHONE, commune="Tân Cương")
        )
        plot = plots.add(
            session, seller, person, NewPlot("Đồi", place_code=area, commune="Tân Cương")
        )
        consent = NewEntry("poor", date(2026, 1, 1), "UBND xã", date(2026, 1, 2))
        households.record(session, seller, person, consent, ACTOR)
        new = NewHarvest(leaf, grams, clock.today(), person, plot)
        inputs.append(RunInput(record.record(session, seller, new, ACTOR), grams))
    made = runs.process(session, seller, inputs, [RunOutput(dry, 20_000, "Loại một")], ACTOR)
    paper = NewCertificate(
        "ocop", "12/QĐ-UBND", "UBND tỉnh", date(2026, 3, 1), stars=4, product_id=dry
    )
    certificates.add(session, seller, paper)
    listing = make_listing(session, product_id=dry)
    lot = session.query(Lot).filter_by(run_id=made.id).one().id
    return {"seller": seller, "listing": listing, "lot": lot, "raw": inputs[0].lot_id}


def shown(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.get_data(as_text=True)


def test_a_product_page_tells_all_the_law_and_a_buyer_want(
    client: FlaskClient, tea: dict[str, str]
) -> None:
    page = shown(client, f"/products/{tea['listing']}")
    for words in (
        "Người đại diện",  # whoever answers for the seller
        "Xóm Hồng Thái",
        "Mã số thuế 4601234567",
        "325.000 đ/kg",
        "Thu hoạch 25/11/2026",
        f'href="/trace/{tea["lot"]}"',
        "OCOP 4 sao",
        "đến 28/02/2029",
        "Đổi trả",
        "TCVN 9740:2013",
        f'href="/products/{tea["listing"]}/poster"',
    ):
        assert words in page, words


def test_stars_are_gone_from_the_page_the_day_they_expire(
    app: Flask, client: FlaskClient, tea: dict[str, str]
) -> None:
    def end_yesterday(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE certificates SET valid_until = '2026-11-24'")

    assert "OCOP 4" in shown(client, f"/products/{tea['listing']}")
    assert f"/products/{tea['listing']}" in shown(client, "/search?paper=ocop")
    with app.app_context():
        write(end_yesterday)
    assert "OCOP 4" not in shown(client, f"/products/{tea['listing']}")
    assert f"/products/{tea['listing']}" not in shown(client, "/search?paper=ocop")


def test_a_product_page_says_itself_to_machines(client: FlaskClient, tea: dict[str, str]) -> None:
    page = shown(client, f"/products/{tea['listing']}")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    said = json.loads(found[1])
    assert (said["@type"], said["brand"]["name"]) == ("Product", "Khe Cốc")
    assert (said["offers"]["price"], said["offers"]["priceCurrency"]) == (65_000, "VND")
    assert said["offers"]["priceSpecification"]["price"] == 325_000
    assert said["offers"]["availability"] == "https://schema.org/InStock"
    assert said["hasCertification"][0]["name"] == "OCOP 4 sao"
    assert said["hasCertification"][0]["expires"] == "2029-02-28"
    assert said["image"][0].startswith("http")


def test_structured_data_cannot_end_its_script(
    app: Flask, client: FlaskClient, tea: dict[str, str]
) -> None:
    with app.app_context():
        write(lambda session: session.query(Product).update({"story": "</script><script>x"}))
    assert "</script><script>x" not in shown(client, f"/products/{tea['listing']}")


def test_a_share_shows_a_picture_that_is_there(client: FlaskClient, tea: dict[str, str]) -> None:
    page = shown(client, f"/products/{tea['listing']}")
    picture = re.search(r'og:image" content="http://[^/]+(/[^"]+)"', page)
    assert picture
    assert client.get(picture[1]).mimetype == "image/png"


def test_a_trace_page_has_the_ten_items(client: FlaskClient, tea: dict[str, str]) -> None:
    page = shown(client, f"/trace/{tea['lot']}")
    for words in (
        "Chè khô",
        "<img",
        "HTX Chè Khe Cốc",
        "Xóm Hồng Thái",
        "Thu hoạch",
        "Chế biến",
        "25/11/2026",
        "Mã sản phẩm",
        "VN-0412, VN-0413",
        "Khe Cốc",
        "Hạn sử dụng",
        "TCVN 9740:2013",
        "2 hộ góp",
    ):
        assert words in page, words


def test_a_trace_page_tells_no_names_phones_or_classes_of_members(
    client: FlaskClient, tea: dict[str, str]
) -> None:
    page = shown(client, f"/trace/{tea['lot']}")
    for secret in ("Mận", "Páo", "777888", "777 888", "nghèo", "poor"):
        assert secret not in page, secret


def test_a_lot_is_found_by_the_code_on_the_pack(
    app: Flask, client: FlaskClient, tea: dict[str, str]
) -> None:
    with app.app_context():
        code = write(lambda session: session.get_one(Lot, tea["lot"]).code)
    answer = client.get(f"/trace/{code.lower()}")
    assert answer.headers["Location"].endswith(f"/trace/{tea['lot']}")


def test_a_code_that_two_sellers_use_asks_whose(
    app: Flask, client: FlaskClient, tea: dict[str, str]
) -> None:
    def add_other(session: Session) -> str:
        code = session.get_one(Lot, tea["lot"]).code
        other = make_product(session, make_seller(session, "HTX Khác"), on_hand=500)
        session.query(Lot).filter_by(product_id=other).update({"code": code})
        return code

    with app.app_context():
        code = write(add_other)
    page = shown(client, f"/trace/{code}")
    assert "HTX Khác" in page
    assert "HTX Chè Khe Cốc" in page


def test_a_recalled_lot_warns_first(app: Flask, client: FlaskClient, tea: dict[str, str]) -> None:
    with app.app_context():
        write(lambda session: states.recall(session, tea["seller"], tea["lot"], ACTOR, "mốc"))
    assert "đang được thu hồi" in shown(client, f"/trace/{tea['lot']}")


def test_what_was_never_sold_has_no_trace_page(
    app: Flask, client: FlaskClient, tea: dict[str, str]
) -> None:
    def wait(session: Session) -> None:
        session.query(Lot).filter_by(id=tea["raw"]).update({"state": "quarantine"})

    with app.app_context():
        write(wait)
    for lot in (tea["raw"], "L-000000-01", "x" * 300, "%"):
        assert client.get(f"/trace/{lot}").status_code == 404


def test_the_posters_code_leads_to_the_page(client: FlaskClient, tea: dict[str, str]) -> None:
    poster = shown(client, f"/products/{tea['listing']}/poster")
    assert "65.000 đ" in poster
    assert "65.000 đ" not in shown(client, f"/products/{tea['listing']}/poster?price=no")
    address = f"http://localhost:8000/products/{tea['listing']}"
    assert shown(client, f"/products/{tea['listing']}/qr.svg") == qr_image.svg(address)


def test_the_sitemap_leads_to_everything_on_sale(client: FlaskClient, tea: dict[str, str]) -> None:
    parts = ElementTree.fromstring(shown(client, "/sitemap.xml"))
    places = [str(one[0].text) for one in parts]
    assert places == [f"http://localhost:8000/sitemaps/{number}.xml" for number in (0, 1)]
    assert f"/products/{tea['listing']}<" in shown(client, "/sitemaps/1.xml")
    assert f"/sellers/{tea['seller']}<" in shown(client, "/sitemaps/0.xml")
    assert client.get("/sitemaps/2.xml").status_code == 404


def test_the_sitemap_is_cut_in_parts(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PER_PART", 2)
    made = [make_listing(session) for _ in range(3)]
    make_listing(session, state="hidden")
    assert sitemap.parts(session) == 2
    listed = [path for part in (1, 2) for path in sitemap.paths(session, part)]
    assert listed == [f"/products/{listing}" for listing in made]


def test_crawlers_are_told_where_to_go(client: FlaskClient) -> None:
    text = shown(client, "/robots.txt")
    assert "Disallow: /" in text


def test_kinds_and_communes_on_sale_have_pages(client: FlaskClient, tea: dict[str, str]) -> None:
    kinds = shown(client, "/kinds")
    for place in re.findall(r'href="(/(?:kinds|communes)/[a-z0-9_]+)"', kinds):
        assert f"/products/{tea['listing']}" in shown(client, place)
    assert client.get("/kinds/nothing").status_code == 404
    assert client.get("/communes/00000").status_code == 404


def test_the_order_is_explained(client: FlaskClient, tea: dict[str, str]) -> None:
    assert 'href="/search/ranking"' in shown(client, "/search")
    assert "Không ai trả tiền" in shown(client, "/search/ranking")


def test_an_unknown_picture_of_a_code_is_not_there(client: FlaskClient) -> None:
    assert client.get("/products/nowhere/qr.svg").status_code == 404
    assert client.get("/products/nowhere/poster").status_code == 404


def test_a_harvest_sold_ahead_shows_what_is_to_come_and_no_lot_of_today(
    app: Flask, client: FlaskClient, tea: dict[str, str]
) -> None:
    assert "Lô đang bán" in client.get(f"/products/{tea['listing']}").text
    with app.app_context():
        write(lambda session: make_forecast(session, tea["seller"], 5_000, tea["listing"]))
    page = client.get(f"/products/{tea['listing']}").text
    assert "Lô đang bán" not in page
    assert "Mẻ sắp về" in page
    assert "<dd>5 kg</dd>" in page
    assert 'href="/ahead"' in page
    assert "mẻ về được 7 gói" in client.get("/ahead").text
