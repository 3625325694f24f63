"""Runs: what goes in is what comes out and is lost, and nobody's grams go missing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock, trace
from catalog.lots import facts, runs, states
from catalog.lots.errors import LotNotUsable, OutputsTooHeavy, ProductsDiffer
from catalog.lots.runs import RunInput, RunOutput
from catalog.models import Lot
from core.errors import NotFound, OutOfStock
from tests.factories.catalog import keep, make_product, stock_id_of
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, days_ago, make_lot, make_member

KG = 1000


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def leaf(session: Session, seller: str) -> str:
    return make_product(session, seller, name="Chè búp tươi")


@pytest.fixture
def tea(session: Session, seller: str) -> str:
    return make_product(session, seller, name="Chè khô")


def test_leaf_of_two_members_becomes_two_grades_to_the_gram(
    session: Session, seller: str, leaf: str, tea: str
) -> None:
    mai, lan = make_member(session, seller), make_member(session, seller, "Lan")
    first = make_lot(session, seller, leaf, 60 * KG, member_id=mai)
    second = make_lot(session, seller, leaf, 40 * KG, member_id=lan)
    inputs = [RunInput(first, 60 * KG), RunInput(second, 40 * KG)]
    outputs = [RunOutput(tea, 12 * KG, "Đinh"), RunOutput(tea, 8 * KG, "Móc câu")]
    run = runs.process(session, seller, inputs, outputs, ACTOR)
    assert run.loss == 80 * KG
    assert stock.levels(session, [leaf])[leaf].on_hand == 0
    assert stock.levels(session, [tea])[tea].on_hand == 20 * KG
    best, good = run.outputs
    assert trace.member_shares(session, best) == {mai: 7200, lan: 4800}
    assert trace.member_shares(session, good) == {mai: 4800, lan: 3200}
    assert [(tie.used, tie.share) for tie in facts.parents(session, seller, best)] == [
        (36 * KG, 7200),
        (24 * KG, 4800),
    ]
    assert states.recall(session, seller, second, ACTOR, "dư lượng")[0] == second
    assert stock.levels(session, [tea])[tea].on_hand == 0
    assert {lot.state for lot in facts.of_seller(session, seller, product_id=tea)} == {"recalled"}
