"""What is typed at the scales, and what a run would come to before it is written down."""

import pytest
from sqlalchemy.orm import Session

from catalog import trace, weighing
from catalog.errors import BelowNothing
from catalog.growers import members
from catalog.growers.members import NewMember
from catalog.lots import record, run_book, run_preview, runs
from catalog.lots.record import NewHarvest
from catalog.lots.runs import RunInput, RunOutput
from catalog.units import UnknownUnit, UnreadQuantity
from core import clock
from core.errors import NotFound
from tests.factories.catalog import make_product
from tests.factories.identity import make_seller


def test_the_chosen_word_counts_unless_another_was_typed(session: Session) -> None:
    seller = make_seller(session)
    leaf = make_product(session, seller)
    assert weighing.read(session, seller, leaf, "2,5", "kg") == 2500
    assert weighing.read(session, seller, leaf, "300g", "kg") == 300
    assert weighing.read(session, seller, leaf, "2", "yến") == 20_000
    for nothing in ("0", "0 kg", "0,0", " 000 "):
        assert weighing.read_count(session, seller, leaf, nothing, "kg") == 0


def test_less_than_nothing_is_told_apart_from_nothing(session: Session) -> None:
    seller = make_seller(session)
    leaf = make_product(session, seller)
    for text in ("-2", "-0,5 kg"):
        with pytest.raises(BelowNothing):
            weighing.read_count(session, seller, leaf, text, "kg")
    with pytest.raises(UnreadQuantity):
        weighing.read_count(session, seller, leaf, "", "")


def test_what_is_no_amount_is_refused(session: Session) -> None:
    seller = make_seller(session)
    leaf = make_product(session, seller)
    for text, refusal in (("xx", UnreadQuantity), ("2 thúng", UnknownUnit)):
        with pytest.raises(refusal):
            weighing.read(session, seller, leaf, text, "kg")
    with pytest.raises(NotFound):
        weighing.read(session, make_seller(session), leaf, "1", "kg")


def test_what_is_shown_before_saving_is_what_is_kept(session: Session) -> None:
    """60 and 40 kilos of fresh leaf of two members become 13 and 7 kilos of tea in two grades."""
    seller = make_seller(session)
    leaf, tea = make_product(session, seller), make_product(session, seller)
    names = ("Hoàng Thị Mận", "Lý Văn Páo")
    growers = [members.add(session, seller, NewMember(name)) for name in names]
    lots = [
        record.record(session, seller, NewHarvest(leaf, much, clock.today(), grower), "p:x")
        for much, grower in zip((60_000, 40_000), growers, strict=True)
    ]
    inputs = [RunInput(lots[0], 60_000), RunInput(lots[1], 40_000)]
    outputs = [RunOutput(tea, 13_000, "búp"), RunOutput(tea, 7001, "xô")]
    seen = run_preview.preview(session, seller, inputs, outputs)
    assert [(one.name, one.brought) for one in seen.shares] == [
        (names[0], 60_000),
        (names[1], 40_000),
    ]
    assert seen.loss == 79_999
    done = runs.process(session, seller, inputs, outputs, "p:x")
    for place, lot in enumerate(done.outputs):
        kept = trace.member_shares(session, lot)
        assert [kept[id_] for id_ in growers] == [one.owned[place] for one in seen.shares]
    story = run_book.get(session, seller, done.id)
    assert sum(part.quantity for part in story.inputs) == 100_000
    assert [part.quantity for part in story.outputs] == [13_000, 7001]
    assert story.run.loss == 79_999


def test_a_run_of_others_is_unknown(session: Session) -> None:
    with pytest.raises(NotFound):
        run_book.get(session, make_seller(session), "nothing")
