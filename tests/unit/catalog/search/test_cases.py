"""What buyers type and what they find: one table, on both databases, in the same order."""

import unicodedata
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import wsgi
from catalog import demo, search
from catalog.models import Listing, Product
from catalog.search import Wanted
from core import factory
from core.identity import demo as demo_sellers
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_seller
from tests.support.databases import settings_for


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def market(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """The demo market and a few names that only marks tell apart."""
    folder = tmp_path_factory.mktemp("market")
    if request.param == "sqlite":
        url = request.getfixturevalue("sqlite_template").copy_to(folder)
    else:
        url = request.getfixturevalue("postgres").new_database()
    app = factory.create_app(settings_for(folder, url), wsgi.WIRINGS)
    with app.app_context(), Session(app.extensions["write_engine"]) as session:
        demo_sellers.load(session)
        demo.load(session)
        seller = make_seller(session, name="HTX Rau Hoà Bình")
        for name in ("Bơ sáp", "Bò gác bếp", "Bó rau bò khai", "Thịt chua Đại Từ", "Chè Đại Từ"):
            make_listing(session, product_id=make_product(session, seller, 2000, name=name))
        other = make_seller(session, name="Nhà Tám")
        for name in ("Thịt lợn gác bếp", "Ngô nếp luộc", "Đỗ xanh", "Thúng đỏ", "Lạc đỏ Sơn La"):
            make_listing(session, product_id=make_product(session, other, 2000, name=name))
        yield session
        session.rollback()
    app.extensions["write_engine"].dispose()


def found(session: Session, query: str, **filters: object) -> list[str]:
    """The names found, each once, best first."""
    page = search.find(session, Wanted(query=query, **filters), limit=60)  # type: ignore[arg-type]
    query_names = select(Listing.id, Product.name).join(Product, Product.id == Listing.product_id)
    names = dict(session.execute(query_names).all())
    return list(dict.fromkeys(names[one] for one in page.listing_ids))


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


FIRST = [
    ("che moc cau", "Chè móc câu Tân Cương"),
    ("Chè Móc Câu", "Chè móc câu Tân Cương"),
    (nfd("chè móc câu"), "Chè móc câu Tân Cương"),
    ("CHE MOC CAU", "Chè móc câu Tân Cương"),
    ("moc cau", "Chè móc câu Tân Cương"),
    ("che mo", "Chè móc câu Tân Cương"),
    ("mien rong", "Miến dong Na Rì"),
    ("mien dong", "Miến dong Na Rì"),
    ("mein dong", "Miến dong Na Rì"),
    ("miendong", "Miến dong Na Rì"),
    ("na rai la hien", "Na dai La Hiên (quả to)"),
    ("la dai", "Na dai La Hiên (quả to)"),
    ("matong", "Mật ong hoa rừng Thần Sa"),
    ("mat ong rung", "Mật ong hoa rừng Thần Sa"),
    ("banh trung", "Bánh chưng Bờ Đậu"),
    ("gao bao thai", "Gạo bao thai Định Hóa"),
    ("gao định hoá", "Gạo bao thai Định Hóa"),
    ("trung ga", "Trứng gà ta thả đồi"),
    ("nghe mat ong", "Nghệ ngâm mật ong"),
    ("xen", "Chè ướp hoa sen"),
    ("hong khong hat", "Hồng không hạt Ba Bể"),
    ("Bơ", "Bơ sáp"),
    ("bò gác", "Bò gác bếp"),
    ("bò", "Bó rau bò khai"),
    ("che dinh thinh duc", "Chè đinh Tân Cương"),
    ("bó", "Bó rau bò khai"),
    ("chè, móc; câu!", "Chè móc câu Tân Cương"),
    ("tan cuong che dinh", "Chè đinh Tân Cương"),
    ("giao co lam", "Giảo cổ lam sấy"),
    ("hoà bình", "Chè Đại Từ"),
    ("hòa bình", "Chè Đại Từ"),
    ("mocau", "Chè móc câu Tân Cương"),
    ("moc cau 200g", "Chè móc câu Tân Cương"),
    ("móc câu 2 lạng", "Chè móc câu Tân Cương"),
    ("gói 200 g móc câu", "Chè móc câu Tân Cương"),
    ("mật ong 0,5 lít", "Mật ong hoa rừng Thần Sa"),
    ("mang cau", "Na dai La Hiên (quả to)"),
    ("na", "Na dai La Hiên (quả to)"),
    ("miến bắc cạn", "Miến dong Na Rì"),
    ("che thai nguyen", "Chè Đại Từ"),
    ("mien ocop 5 sao", "Miến dong Na Rì"),
]
INSIDE = [
    ("dai tu", {"Chè Đại Từ", "Thịt chua Đại Từ", "Chè nõn La Bằng"}),
    ("thịnh đức", {"Chè móc câu Tân Cương", "Lạc đỏ Sơn La"}),
    ("che dai tu", {"Chè Đại Từ", "Chè nõn La Bằng"}),
    ("bac kan", {"Miến dong Na Rì", "Hồng không hạt Ba Bể"}),
    ("thai nguyen", {"Miến dong Na Rì", "Chè móc câu Tân Cương"}),
    ("ocop", {"Chè móc câu Tân Cương", "Miến dong Na Rì"}),
    ("VietGAP", {"Chè móc câu Tân Cương", "Trà xanh túi lọc"}),
    ("Đại Từ", {"Chè Đại Từ", "Thịt chua Đại Từ"}),
    (nfd("đại từ"), {"Chè Đại Từ", "Thịt chua Đại Từ"}),
    ("tan cuong", {"Chè đinh Tân Cương", "Chè móc câu Tân Cương"}),
    ("nang ban con minh", {"Miến dong Na Rì", "Chè dây rừng"}),
]
SAME_THING = [
    ("heo", "Thịt lợn gác bếp"),
    ("thịt heo", "Thịt lợn gác bếp"),
    ("bắp", "Ngô nếp luộc"),
    ("bap nep", "Ngô nếp luộc"),
    (nfd("bắp"), "Ngô nếp luộc"),
    ("đậu xanh", "Đỗ xanh"),
    ("dau xanh", "Đỗ xanh"),
    ("đậu phộng", "Lạc đỏ Sơn La"),
    ("mãng cầu", "Na dai La Hiên (quả to)"),
    ("trái mãng cầu", "Na dai La Hiên (quả to)"),
    ("tra moc cau", "Chè móc câu Tân Cương"),
    ("nam meo", "Mộc nhĩ rừng"),
]
NOTHING = [
    "tea",
    "vịt",
    "vit",
    "ocop zzzz",
    "%",
    "_",
    "zzzzqqqq",
    "'; DROP TABLE listings; --",
    '"',
    "*",
    "\\",
    "a" * 500,
    "🍵",
]


@pytest.mark.parametrize(("query", "name"), FIRST)
def test_the_first_found_is_what_was_meant(market: Session, query: str, name: str) -> None:
    assert found(market, query)[:1] == [name]


@pytest.mark.parametrize(("query", "names"), INSIDE)
def test_all_that_fits_is_found(market: Session, query: str, names: set[str]) -> None:
    assert names <= set(found(market, query))


@pytest.mark.parametrize(("query", "name"), SAME_THING)
def test_a_thing_is_found_by_its_other_names(market: Session, query: str, name: str) -> None:
    assert name in found(market, query)
    assert search.find(market, Wanted(query)).meant == ""


def test_what_was_typed_comes_before_its_other_names(market: Session) -> None:
    names = found(market, "trà")
    written = [name for name in names if "trà" in name.lower()]
    assert written == names[: len(written)]
    assert "Chè móc câu Tân Cương" in names[len(written) :]


def test_another_name_is_not_another_word_that_only_folds_alike(market: Session) -> None:
    assert "Thúng đỏ" not in found(market, "đậu")
    assert "Thúng đỏ" not in found(market, "dau")


def test_pages_of_several_names_show_each_thing_once_and_all(market: Session) -> None:
    whole, after = search.find(market, Wanted("trà"), limit=60), None
    pages: list[str] = []
    while True:
        page = search.find(market, Wanted("trà"), after, limit=3)
        pages, after = [*pages, *page.listing_ids], page.after
        if after is None:
            break
    assert pages == list(whole.listing_ids)
    assert whole.count == len(set(pages)) == len(pages)


OUTSIDE = [
    ("bac kan", "Gạo bao thai Định Hóa"),
    ("dai tu", "Chè móc câu Tân Cương"),
    ("trà", "Bánh đa nem tráng tay"),
    ("trà", "Gà đồi Phú Bình làm sẵn"),
    ("ocop 5 sao", "Chè móc câu Tân Cương"),
    ("VietGAP", "Miến dong Na Rì"),
    ("moc cau 500g", "Chè tôm nõn Tân Cương"),
]


@pytest.mark.parametrize(("query", "name"), OUTSIDE)
def test_what_was_not_meant_is_not_found(market: Session, query: str, name: str) -> None:
    names = found(market, query)
    assert names
    assert name not in names


def test_what_only_begins_so_comes_behind_other_names(market: Session) -> None:
    names = found(market, "tra")
    assert names.index("Chè móc câu Tân Cương") < names.index("Bánh đa nem tráng tay")


@pytest.mark.parametrize("query", NOTHING)
def test_what_nobody_sells_is_not_found(market: Session, query: str) -> None:
    assert found(market, query) == []


@pytest.mark.parametrize("query", ["", "  "])
def test_without_a_word_everything_is_found(market: Session, query: str) -> None:
    assert len(found(market, query)) > 30


def test_marks_come_before_what_only_sounds_so(market: Session) -> None:
    assert found(market, "bò")[:3] == ["Bó rau bò khai", "Bò gác bếp", "Bơ sáp"]
    assert found(market, "bơ")[0] == "Bơ sáp"


def test_what_was_meant_is_said(market: Session) -> None:
    assert search.find(market, Wanted("mien rong")).meant == "mien dong"
    assert search.find(market, Wanted("mien dong")).meant == ""


def test_nothing_is_meant_where_filters_hide_what_fits(market: Session) -> None:
    page = search.find(market, Wanted("miến dong", kind="na"))
    assert (page.listing_ids, page.meant, page.count) == ((), "", 0)


@pytest.mark.parametrize(
    "query", [query for query, _ in FIRST + SAME_THING + INSIDE] + ["che", "trà", "tra", "g", "n"]
)
def test_both_databases_find_the_same_in_the_same_order(
    market: Session, query: str, first_answers: dict[str, list[str]]
) -> None:
    assert found(market, query) == first_answers.setdefault(query, found(market, query))


@pytest.fixture(scope="session")
def first_answers() -> dict[str, list[str]]:
    """What the database that came first answered."""
    return {}
