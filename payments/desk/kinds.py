"""The kinds of money that belong to no payment: a table, each row an account of the books and its words.

A person chooses one for a line of the bank, with a reason (`decisions.place`); what it books is the row of
`ledger.chart` of the same name. Refuses a kind that does not fit the way the money went. Numbers of accounts
and the reasons for them: docs/algorithms/ledger.md.
"""

from dataclasses import dataclass

from core.errors import N_, BadRequest
from core.text import fold
from payments.states import Account

IN, OUT = "in", "out"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a line that went `direction` was for: `words` and a `hint` (msgids).

    `tells`: folded words of bank texts that speak for it; `asks`: it is for one of `dues`, chosen beside it.
    """

    account: Account
    direction: str
    words: str
    hint: str
    tells: tuple[str, ...] = ()
    asks: bool = False


KINDS = (
    Kind(
        Account.BANK_FEE,
        OUT,
        N_("Phí ngân hàng"),
        N_("phí chuyển tiền, phí SMS, phí duy trì"),
        ("phi sms", "phi dich vu", "phi chuyen", "phi duy tri", "phi quan ly", "thu phi"),
    ),
    Kind(
        Account.EXPENSE,
        OUT,
        N_("Chi phí bán hàng"),
        N_("bao bì, xăng xe, tiền điện, quảng cáo"),
        ("bao bi", "xang", "tien dien", "dien luc", "quang cao", "in tem"),
    ),
    Kind(
        Account.SUPPLIER,
        OUT,
        N_("Trả người bán hàng, vật tư"),
        N_("phân bón, giống, hàng mua về"),
        ("phan bon", "cay giong", "vat tu", "mua hang"),
    ),
    Kind(
        Account.WAGES,
        OUT,
        N_("Trả tiền công"),
        N_("công hái, công sao chè, lương"),
        ("luong", "tien cong"),
    ),
    Kind(
        Account.FEE_INVOICE,
        OUT,
        N_("Trả hóa đơn phí chợ"),
        N_("chọn hóa đơn bên dưới"),
        ("phi cho", "phi san"),
        asks=True,
    ),
    Kind(
        Account.TAX_VAT,
        OUT,
        N_("Nộp thuế GTGT"),
        N_("nộp thẳng cho Nhà nước"),
        ("thue gtgt", "nop thue", "kho bac"),
    ),
    Kind(
        Account.TAX_PIT,
        OUT,
        N_("Nộp thuế TNCN"),
        N_("nộp thẳng cho Nhà nước"),
        ("thue tncn", "thue thu nhap"),
    ),
    Kind(
        Account.OWNER,
        OUT,
        N_("Chủ rút tiền về"),
        N_("tiền riêng của gia đình, rút vốn"),
        ("rut von",),
    ),
    Kind(
        Account.OWN_TRANSFER,
        OUT,
        N_("Chuyển sang tài khoản khác của mình"),
        N_("bên tài khoản kia cũng ghi như vậy là khớp"),
    ),
    Kind(
        Account.CASH_MOVED,
        OUT,
        N_("Rút tiền mặt"),
        N_("tiền thành tiền mặt ở quầy"),
        ("rut tien", "atm"),
    ),
    Kind(
        Account.LOAN, OUT, N_("Trả nợ vay"), N_("trả gốc cho ngân hàng, người cho vay"), ("tra no",)
    ),
    Kind(Account.OTHER_OUT, OUT, N_("Chi khác"), N_("không phải các việc ở trên")),
    Kind(
        Account.INTEREST,
        IN,
        N_("Lãi tiền gửi"),
        N_("ngân hàng trả lãi"),
        ("tra lai tien gui", "lai nhap von", "lai tien gui", "tra lai tk", "lai khong ky han"),
    ),
    Kind(
        Account.CARD_PAYOUT,
        IN,
        N_("Cổng thẻ chuyển tiền về"),
        N_("tiền khách trả bằng thẻ, đã trừ phí cổng"),
        ("stripe",),
    ),
    Kind(
        Account.OWNER,
        IN,
        N_("Chủ bỏ thêm vốn"),
        N_("tiền riêng đưa vào để buôn bán"),
        ("gop von", "bo von"),
    ),
    Kind(
        Account.OWN_TRANSFER,
        IN,
        N_("Từ tài khoản khác của mình"),
        N_("bên tài khoản kia cũng ghi như vậy là khớp"),
    ),
    Kind(
        Account.CASH_MOVED,
        IN,
        N_("Tiền của quầy vào ngân hàng"),
        N_("tiền mặt ở quầy đem gửi, khách quét QR ở quầy mà bán tay"),
        ("nop tien", "nop tm"),
    ),
    Kind(
        Account.LOAN, IN, N_("Tiền vay về"), N_("ngân hàng, người cho vay chuyển"), ("giai ngan",)
    ),
    Kind(Account.OTHER_IN, IN, N_("Thu khác"), N_("tiền thưởng, hỗ trợ, bán đồ cũ"), ("ho tro",)),
)
"""In the order in which they are offered."""

_BY_KEY = {(kind.account, kind.direction): kind for kind in KINDS}
ACCOUNTS = frozenset(kind.account for kind in KINDS)
ON_TOP = frozenset({Account.OTHER_IN, Account.NOT_OURS})
"""What money on top of a payment may become, once its buyer left it: never capital, never a loan."""


def of(direction: str) -> tuple[Kind, ...]:
    """The kinds for a line that went `direction`, in the order in which they are offered."""
    return tuple(kind for kind in KINDS if kind.direction == direction)


def kind(account: str, direction: str) -> Kind | None:
    """The kind an account means for that direction; None where it is none."""
    return _BY_KEY.get((Account(account), direction))


def words(account: str, direction: str) -> str:
    """The words (a msgid) of a kind, "" where the account is none."""
    found = kind(account, direction)
    return found.words if found else ""


def asks(account: Account, direction: str) -> bool:
    """Whether it must be said for what, of `dues`."""
    found = _BY_KEY.get((account, direction))
    return found is not None and found.asks


def check_fits(account: Account, direction: str) -> None:
    """Do nothing if `account` is no kind, or one for money that went `direction`.

    Raises:
        BadRequest: it is a kind for the other direction.
    """
    if account in ACCOUNTS and (account, direction) not in _BY_KEY:
        raise BadRequest(field="account")


def likely(content: str, direction: str) -> Account | None:
    """The kind the bank's text speaks for, where it speaks for exactly one; else None: nothing is guessed."""
    said = f" {fold(content)} "
    found = {one.account for one in of(direction) if any(f" {tell}" in said for tell in one.tells)}
    return found.pop() if len(found) == 1 else None
