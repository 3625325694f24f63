"""Whether the receipts of a seller are whole: numbered without gaps, chained, signed, true to their facts.

Why: a receipt that was taken out or changed must be named, whoever did it.
Refuses to mend anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Receipt, ReceiptSeries
from payments.receipts import keys, receipts
from payments.receipts.codec import FIRST_IN_SERIES, Verdict, receipt_hash, verify


@dataclass(frozen=True)
class Chain:
    """One seller's series as it was found; no problems means that it is whole."""

    seller_id: str
    receipts: int
    problems: tuple[str, ...]


def all_chains(session: Session) -> Iterator[Chain]:
    """Every seller's series, those that should have receipts and have none among them."""
    query = select(Receipt).order_by(Receipt.seller_id, Receipt.number)
    series = {row.seller_id: row for row in session.scalars(select(ReceiptSeries))}
    for seller_id, rows in groupby(session.scalars(query), key=lambda row: row.seller_id):
        yield _chain(seller_id, list(rows), series.pop(seller_id, None))
    for seller_id, end in series.items():
        yield _chain(seller_id, [], end)


def chain_of(session: Session, seller_id: str) -> Chain:
    """One seller's series; a seller who never was paid has an empty one."""
    query = select(Receipt).where(Receipt.seller_id == seller_id).order_by(Receipt.number)
    return _chain(seller_id, list(session.scalars(query)), session.get(ReceiptSeries, seller_id))


def _chain(seller_id: str, rows: list[Receipt], end: ReceiptSeries | None) -> Chain:
    problems: list[str] = []
    number, last_hash = 0, FIRST_IN_SERIES
    for row in rows:
        problems += _wrong_in(row, number + 1, last_hash)
        number, last_hash = row.number, receipt_hash(row.token)
    if end is None and rows:
        problems.append(f"series of {seller_id}: its end is not written down")
    if end is not None and (end.last_number, end.last_hash) != (number, last_hash):
        problems.append(
            f"series of {seller_id}: {end.last_number} receipts were given, it does not end with {number}"
        )
    return Chain(seller_id, len(rows), tuple(problems))


def _wrong_in(row: Receipt, number: int, previous_hash: bytes) -> Iterator[str]:
    name = f"receipt {row.seller_id}/{row.number}"
    if row.number != number:
        yield f"{name}: {number} is missing"
    facts = receipts.read_facts(row.frozen)
    checked = verify(row.token, keys.public_keys())
    if checked.verdict is not Verdict.VALID or checked.fields is None:
        yield f"{name}: its token is {checked.verdict.value}"
    elif checked.fields != receipts.fields_of(facts, checked.fields.key_id, previous_hash):
        yield f"{name}: its token says something else than its facts"
    elif (facts.seller_id, facts.number) != (row.seller_id, row.number):
        yield f"{name}: stands in the wrong place"
