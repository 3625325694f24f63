"""A desk with one product, and a member with a plot."""

import pytest
from sqlalchemy.orm import Session

from tests.factories.catalog import make_product
from tests.factories.identity import make_seller
from tests.unit.catalog.imports.desk import Desk


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session, make_seller(session))


@pytest.fixture
def tea(desk: Desk) -> str:
    """Chè móc câu, 20 kg in the store as one lot of today."""
    return make_product(
        desk.session, desk.seller, on_hand=20_000, name="Chè móc câu", kind="che_moc_cau"
    )
