"""Reviews are earned by goods that came, changed while fresh, answered, hidden by an officer; and follows."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from catalog import listings
from core import fsck
from core.clock import FixedClock
from core.errors import NotFound
from core.identity.logins import Login
from payments import payments
from shop import orders
from shop.ordering import fulfilment
from shop.orders import PlaceOrder
from shop.reviews import follows, reviews
from shop.reviews.reviews import NewReview, NotDeliveredYet, ProvedBuyerNeeded, ReviewSettled
from tests.factories.identity import make_login, make_person, make_seller
from tests.factories.payments import pay
from tests.factories.shop import PICK_UP, PRICE_VND, Stand, buyer_of, make_stand, pack

DAY_MS = 86_400_000


@pytest.fixture
def stand(session: Session) -> Stand:
    return make_stand(session, packs=20)


@pytest.fixture
def buyer(session: Session) -> Login:
    return make_login(session, make_person(session, "Hoa"))[1]


def delivered(session: Session, stand: Stand, login: Login, source: str = "web") -> str:
    wanted = PlaceOrder(stand.seller_id, buyer_of(login), source, PICK_UP, (stand.line(),))
    code = orders.place(session, wanted)
    pay(session, stand.till, code, PRICE_VND)
    orders.secure(session, code)
    pack(session, code)
    fulfilment.hand_over(session, code, "p:packer")
    fulfilment.deliver(session, code, "p:packer")
    session.flush()
    assert payments.facts(session, orders.reference_of(code)).paid_vnd == PRICE_VND
    return code


def write(session: Session, code: str, stand: Stand, stars: int, login: Login | None) -> str:
    return reviews.write(session, code, NewReview(stand.listing_id, stars, "Chè thơm"), login)


def product_of(session: Session, stand: Stand) -> str:
    return listings.get(session, stand.listing_id).product_id


def test_stars_come_after_delivery_and_stand_on_the_product(
    session: Session, stand: Stand, buyer: Login
) -> None:
    for stars in (5, 4):
        write(session, delivered(session, stand, buyer), stand, stars, buyer)
    found = reviews.standing(session, product_of(session, stand))
    assert (found.count, found.tenths, found.by_stars) == (2, 45, (1, 1, 0, 0, 0))
    assert {one.who for one in reviews.of_product(session, product_of(session, stand))} == {"H***"}


def test_before_delivery_nobody_can_say_how_it_is(
    session: Session, stand: Stand, buyer: Login
) -> None:
    wanted = PlaceOrder(stand.seller_id, buyer_of(buyer), "web", PICK_UP, (stand.line(),))
    code = orders.place(session, wanted)
    with pytest.raises(NotDeliveredYet):
        write(session, code, stand, 5, buyer)
    assert not reviews.may_review(orders.facts(session, code), buyer)


def test_the_sellers_people_and_goods_not_bought_have_no_stars(
    session: Session, stand: Stand, buyer: Login
) -> None:
    code = delivered(session, stand, buyer)
    staff = make_login(session, roles={stand.seller_id: "owner"})[1]
    with pytest.raises(NotFound):
        write(session, code, stand, 5, staff)
    with pytest.raises(NotFound):
        write(session, code, make_stand(session), 5, buyer)


def test_an_order_typed_in_by_staff_is_reviewed_by_its_proved_buyer_alone(
    session: Session, stand: Stand, buyer: Login
) -> None:
    code = delivered(session, stand, buyer, source="staff")
    with pytest.raises(ProvedBuyerNeeded):
        write(session, code, stand, 5, None)
    assert write(session, code, stand, 5, buyer)


def test_words_are_changed_while_fresh_and_then_stay(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    code = delivered(session, stand, buyer)
    first = write(session, code, stand, 2, buyer)
    assert write(session, code, stand, 5, buyer) == first
    assert reviews.standing(session, product_of(session, stand)).tenths == 50
    time_at.advance(31 * DAY_MS)
    with pytest.raises(ReviewSettled):
        write(session, code, stand, 1, buyer)


def test_a_number_in_the_words_is_hidden(session: Session, stand: Stand, buyer: Login) -> None:
    code = delivered(session, stand, buyer)
    new = NewReview(stand.listing_id, 5, "Ngon, gọi tôi 0912 345 678")
    reviews.write(session, code, new, buyer)
    assert "0912" not in reviews.of_order(session, code)[stand.listing_id].words


def test_the_seller_answers_and_an_officer_hides(
    session: Session, stand: Stand, buyer: Login
) -> None:
    one = write(session, delivered(session, stand, buyer), stand, 1, buyer)
    reviews.reply(session, stand.seller_id, one, "Chúng tôi xin lỗi", "p:x")
    with pytest.raises(NotFound):
        reviews.reply(session, make_seller(session), one, "của người khác", "p:x")
    reviews.hide(session, one, "xúc phạm", "p:officer")
    reviews.hide(session, one, "lý do khác", "p:officer")
    product = product_of(session, stand)
    assert (reviews.standing(session, product).count, reviews.of_product(session, product)) == (
        0,
        (),
    )
    assert reviews.of_seller(session, stand.seller_id)[0].hidden_why == "xúc phạm"


def test_a_review_nobody_earned_is_found(session: Session, stand: Stand, buyer: Login) -> None:
    write(session, delivered(session, stand, buyer), stand, 5, buyer)
    session.flush()
    assert [one.name for one in fsck.run_all(session) if one.problems] == []
    session.execute(text("UPDATE reviews SET person_id = :x"), {"x": make_person(session)})
    assert "reviews.are_earned" in {one.name for one in fsck.run_all(session) if one.problems}


def test_following_is_once_and_ends(session: Session, stand: Stand, buyer: Login) -> None:
    person = buyer.person_id or ""
    for _ in range(2):
        follows.follow(session, person, stand.seller_id)
    assert follows.followers(session, stand.seller_id, "", 9) == (person,)
    assert follows.followed_by(session, person) == (stand.seller_id,)
    follows.unfollow(session, person, stand.seller_id)
    assert not follows.is_following(session, person, stand.seller_id)
    with pytest.raises(NotFound):
        follows.follow(session, person, "0000000000000000")
