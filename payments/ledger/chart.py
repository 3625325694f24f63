"""The chart of accounts: what each account of the ledger means, and its number in Thông tư 133/2016/TT-BTC.

Why: a cooperative's accountant reads numbers (112, 131, 3388), a farmer reads words; both stand here once.
Refuses an account nobody named: a slip of letters would hide money where no page looks.
The ledger attests money, so what buyers paid is 131 (người mua trả tiền); 511 is booked with the invoice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import N_

UNPLACED = "clearing:unplaced"
RECEIVED = "received"
UNKNOWN_CODE = "suspense:unknown_code"
SURPLUS = "suspense:surplus"
DUPLICATE = "suspense:duplicate"
OUTGOING = "suspense:outgoing"
NOT_OURS = "not_ours"
REFUND_DUE = "refund_due"
CASH_STALL = "cash:stall"
CASH_COD = "cash:cod"
CARD_CLEARING = "clearing:card"
CARD_FEES = "card_fees"
CARD_DISPUTED = "card_disputed"
CARD_LOST = "card_lost"
CARD_ABROAD = "card_abroad"
SALES = "sales"
MEMBER_COST = "member_cost"
MEMBER_PAYABLE = "member_payable"
MEMBER_FUNDS = "member_funds"
DEDUCTIONS = "deductions"
ADVANCES = "advances"
STORE_CREDIT = "store_credit"
PLATFORM_FEE = "platform_fee"
PLATFORM_FEE_PAYABLE = "platform_fee_payable"
VAT_WITHHELD = "tax_withheld:vat"
PIT_WITHHELD = "tax_withheld:pit"
TAX_COST = "tax_cost"
BANK_FEES = "bank_fees"
OTHER_IN = "other_in"
OTHER_OUT = "other_out"
OWNER = "owner"
EXPENSE = "expense"
SUPPLIER = "supplier"
WAGES = "wages"
VAT_PAID = "tax_paid:vat"
PIT_PAID = "tax_paid:pit"
INTEREST = "interest"
OWN_TRANSFER = "clearing:own"
LOAN = "loan"
OPENING = "opening"

_BANK = "bank:"
LEAST_LENGTH, MOST_LENGTH = 1, 40


class Side(StrEnum):
    """On which side an account grows: what one has and spends (debit), what one owes and earns (credit)."""

    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Meaning:
    """An account's number in Thông tư 133/2016, its words (a msgid), and the side on which it grows."""

    number: str
    words: str
    side: Side


_BANK_MEANING = Meaning("112", N_("Tiền gửi ngân hàng"), Side.DEBIT)

CHART: Mapping[str, Meaning] = {
    CASH_STALL: Meaning("111", N_("Tiền mặt tại quầy"), Side.DEBIT),
    CASH_COD: Meaning("1388", N_("Tiền thu khi giao, chưa về tài khoản"), Side.DEBIT),
    CARD_CLEARING: Meaning("1388", N_("Tiền thẻ chờ cổng thanh toán chuyển về"), Side.DEBIT),
    CARD_ABROAD: Meaning("1122", N_("Tiền thẻ đã về tài khoản ngoại tệ"), Side.DEBIT),
    CARD_DISPUTED: Meaning("1388", N_("Tiền thẻ đang bị khiếu nại"), Side.DEBIT),
    UNPLACED: Meaning("3388", N_("Tiền vừa về, đang ghi nhận"), Side.CREDIT),
    RECEIVED: Meaning("131", N_("Người mua đã trả"), Side.CREDIT),
    UNKNOWN_CODE: Meaning("3381", N_("Tiền vào chưa rõ của đơn nào"), Side.CREDIT),
    SURPLUS: Meaning("3388", N_("Người mua trả thừa"), Side.CREDIT),
    DUPLICATE: Meaning("3388", N_("Người mua trả hai lần"), Side.CREDIT),
    REFUND_DUE: Meaning("3388", N_("Phải hoàn cho người mua"), Side.CREDIT),
    STORE_CREDIT: Meaning("3388", N_("Tiền người mua gửi lại để mua lần sau"), Side.CREDIT),
    OUTGOING: Meaning("1381", N_("Tiền ra chưa rõ việc gì"), Side.DEBIT),
    NOT_OURS: Meaning("3388", N_("Tiền không thuộc việc bán hàng"), Side.CREDIT),
    SALES: Meaning("511", N_("Doanh thu bán hàng"), Side.CREDIT),
    MEMBER_COST: Meaning("632", N_("Tiền hàng của xã viên"), Side.DEBIT),
    MEMBER_PAYABLE: Meaning("331", N_("Phải trả xã viên"), Side.CREDIT),
    ADVANCES: Meaning("331", N_("Đã ứng cho xã viên"), Side.DEBIT),
    MEMBER_FUNDS: Meaning("3388", N_("Quỹ chung trích từ tiền xã viên"), Side.CREDIT),
    DEDUCTIONS: Meaning("711", N_("Thu của xã viên (đóng gói, vận chuyển)"), Side.CREDIT),
    PLATFORM_FEE: Meaning("6421", N_("Phí sàn"), Side.DEBIT),
    PLATFORM_FEE_PAYABLE: Meaning("331", N_("Phí sàn phải trả"), Side.CREDIT),
    VAT_WITHHELD: Meaning("3331", N_("Thuế GTGT giữ lại, phải nộp"), Side.CREDIT),
    PIT_WITHHELD: Meaning("3335", N_("Thuế TNCN giữ lại, phải nộp"), Side.CREDIT),
    TAX_COST: Meaning("6422", N_("Thuế tính vào chi phí"), Side.DEBIT),
    CARD_FEES: Meaning("6421", N_("Phí cổng thẻ"), Side.DEBIT),
    CARD_LOST: Meaning("811", N_("Tiền thẻ mất vì khiếu nại"), Side.DEBIT),
    BANK_FEES: Meaning("6422", N_("Phí ngân hàng"), Side.DEBIT),
    OTHER_IN: Meaning("711", N_("Thu khác"), Side.CREDIT),
    OTHER_OUT: Meaning("811", N_("Chi khác"), Side.DEBIT),
    OWNER: Meaning("411", N_("Vốn của chủ"), Side.CREDIT),
    EXPENSE: Meaning("6421", N_("Chi phí bán hàng"), Side.DEBIT),
    SUPPLIER: Meaning("331", N_("Trả người bán hàng, vật tư"), Side.CREDIT),
    WAGES: Meaning("334", N_("Trả tiền công"), Side.CREDIT),
    VAT_PAID: Meaning("3331", N_("Thuế GTGT đã nộp Nhà nước"), Side.CREDIT),
    PIT_PAID: Meaning("3335", N_("Thuế TNCN đã nộp Nhà nước"), Side.CREDIT),
    INTEREST: Meaning("515", N_("Lãi tiền gửi"), Side.CREDIT),
    OWN_TRANSFER: Meaning("1388", N_("Tiền đang chuyển giữa các tài khoản của mình"), Side.DEBIT),
    LOAN: Meaning("341", N_("Tiền vay"), Side.CREDIT),
    OPENING: Meaning("411", N_("Số dư khi bắt đầu ghi sổ"), Side.CREDIT),
}

OF_PART: Mapping[str, str] = {
    "payment": RECEIVED,
    "surplus": SURPLUS,
    "duplicate": DUPLICATE,
    "unknown_code": UNKNOWN_CODE,
    "refund_due": REFUND_DUE,
    "outgoing": OUTGOING,
    "remitted": CASH_COD,
    "not_ours": NOT_OURS,
    "refunded": REFUND_DUE,  # what came for it, against the line by which it went
    "extra_back": REFUND_DUE,
    "paid_out": MEMBER_PAYABLE,
    "store_credit": STORE_CREDIT,
    "bank_fee": BANK_FEES,
    "expense": EXPENSE,
    "supplier": SUPPLIER,
    "wages": WAGES,
    "other_out": OTHER_OUT,
    "fee_invoice": PLATFORM_FEE_PAYABLE,
    "tax_vat": VAT_PAID,
    "tax_pit": PIT_PAID,
    "interest": INTEREST,
    "other_in": OTHER_IN,
    "card_payout": CARD_CLEARING,
    "owner": OWNER,
    "own_transfer": OWN_TRANSFER,
    "cash_moved": CASH_STALL,
    "loan": LOAN,
}
"""Where a placed part of a bank or cash line is booked; every word of `states.Account` stands here."""


class UnknownAccount(ValueError):
    """No such account is in the chart: a programmer's slip, never a person's."""


def bank(account_id: str) -> str:
    """The ledger's account of one bank account."""
    return _BANK + account_id


def cash(kind: str) -> str:
    """The ledger's account of cash of one kind: `stall` or `cod`."""
    return f"cash:{kind}"


def bank_account_of(account: str) -> str | None:
    """The id of the bank account behind a ledger account, or None where it is none."""
    return account.removeprefix(_BANK) if account.startswith(_BANK) else None


def meaning(account: str) -> Meaning:
    """What an account means.

    Raises:
        UnknownAccount: it is not in the chart.
    """
    if account.startswith(_BANK) and len(account) > len(_BANK):
        return _BANK_MEANING
    if account not in CHART:
        raise UnknownAccount(account)
    return CHART[account]
