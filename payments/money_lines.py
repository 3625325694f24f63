"""Money that came for a payment, whoever told: the bank, somebody who took cash, a card's provider."""

from dataclasses import dataclass

from payments.cards.models import CardLine
from payments.models import BankLine, CashLine

BANK, CASH, CARD = "bank", "cash", "card"


@dataclass(frozen=True)
class MoneyLine:
    """One line of money, told `by` BANK, CASH or CARD; `reference` is theirs, of cash the line's own id."""

    id: str
    seller_id: str
    reference: str
    amount_vnd: int
    at_ms: int
    heard_ms: int
    by: str


def of_bank(row: BankLine) -> MoneyLine:
    """A line of the bank."""
    told = row.reference, row.amount_vnd, row.at_ms
    return MoneyLine(row.id, row.seller_id, *told, heard_ms=row.received_ms, by=BANK)


def of_cash(row: CashLine) -> MoneyLine:
    """Cash that somebody attested."""
    return MoneyLine(
        row.id, row.seller_id, row.id, row.amount_vnd, row.at_ms, heard_ms=row.at_ms, by=CASH
    )


def of_card(row: CardLine) -> MoneyLine:
    """What a card brought."""
    told = row.reference, row.amount_vnd, row.at_ms
    return MoneyLine(row.id, row.seller_id, *told, heard_ms=row.received_ms, by=CARD)
