"""Tables of vouchers: what each promises, which sellers take it, and each use. Amounts are integer đồng."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id

PROVINCE = "province"
"""The owner of a sponsored voucher."""


class Voucher(Base):
    """A code and its limits; `owner` is the seller's id, or `province` for a sponsored one.

    `used` and `spent_vnd` are what its standing uses come to. `over_…` of them went beyond the limits,
    because an order was paid late after its use had gone to somebody else.
    """

    __tablename__ = "vouchers"
    __table_args__ = (
        UniqueConstraint("owner", "code"),
        CheckConstraint("kind IN ('sum', 'percent')", name="kind"),
        CheckConstraint("worth > 0 AND (kind = 'sum' OR worth <= 100)", name="worth"),
        CheckConstraint("most_uses IS NULL OR used - over_uses <= most_uses", name="uses"),
        CheckConstraint("budget_vnd IS NULL OR spent_vnd - over_vnd <= budget_vnd", name="budget"),
        CheckConstraint("used >= 0 AND spent_vnd >= 0", name="taken"),
        CheckConstraint("over_uses >= 0 AND over_vnd >= 0", name="over"),
        CheckConstraint("per_person > 0", name="per_person"),
        CheckConstraint("(seller_id IS NULL) = (owner = 'province')", name="owner"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(String(16))
    seller_id: Mapped[str | None] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[str] = mapped_column(String(8))
    worth: Mapped[int] = mapped_column(Big)  # đồng, or percent of the goods
    most_off_vnd: Mapped[int | None] = mapped_column(Big)
    from_vnd: Mapped[int] = mapped_column(Big, default=0)
    most_uses: Mapped[int | None] = mapped_column(Big)
    per_person: Mapped[int] = mapped_column(Big, default=1)
    budget_vnd: Mapped[int | None] = mapped_column(Big)
    valid_from_ms: Mapped[int] = mapped_column(Big)
    valid_until_ms: Mapped[int] = mapped_column(Big)
    used: Mapped[int] = mapped_column(Big, default=0)
    spent_vnd: Mapped[int] = mapped_column(Big, default=0)
    over_uses: Mapped[int] = mapped_column(Big, default=0)
    over_vnd: Mapped[int] = mapped_column(Big, default=0)
    stopped_ms: Mapped[int | None] = mapped_column(Big)
    made_by: Mapped[str] = mapped_column(String(40))
    created_ms: Mapped[int] = mapped_column(Big)


class VoucherSeller(Base):
    """A seller asked to take a sponsored voucher, and since when it does."""

    __tablename__ = "voucher_sellers"

    voucher_id: Mapped[str] = mapped_column(Id, ForeignKey("vouchers.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(
        Id, ForeignKey("sellers.id"), primary_key=True, index=True
    )
    agreed_ms: Mapped[int | None] = mapped_column(Big)
    agreed_by: Mapped[str] = mapped_column(String(40), default="")


class VoucherUse(Base):
    """One order's use of a voucher; it stands unless `returned_ms` says that it was given back."""

    __tablename__ = "voucher_uses"
    __table_args__ = (CheckConstraint("amount_vnd >= 0", name="amount"),)

    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), primary_key=True)
    voucher_id: Mapped[str] = mapped_column(Id, ForeignKey("vouchers.id"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    amount_vnd: Mapped[int] = mapped_column(Big)
    over: Mapped[bool] = mapped_column(default=False)
    at_ms: Mapped[int] = mapped_column(Big)
    returned_ms: Mapped[int | None] = mapped_column(Big)
