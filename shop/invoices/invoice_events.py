"""What happened to invoice requests, for those who tell people; ids only."""

from dataclasses import dataclass

from core.events import Event


@dataclass(frozen=True)
class InvoiceAsked(Event):
    """A buyer asked for an invoice."""

    invoice_id: str


@dataclass(frozen=True)
class InvoiceAnswered(Event):
    """The seller issued it, or declined with a reason."""

    invoice_id: str
