"""Reading the JSON of notices field by field: what is missing or odd is refused by its name.

Unknown fields are kept in the stored body and otherwise ignored: providers add them without notice.
"""

import datetime
import hashlib

from core.clock import VIETNAM
from core.errors import BadRequest
from core.strict_json import JsonValue, loads
from core.text import clean_line
from payments.providers.base import BankMovement

MOST_VND = 10**12 - 1
KEY_LENGTH = 80
REFERENCE_LENGTH = 80
NUMBER_LENGTH = 40
CONTENT_LENGTH = 500
_ID_LENGTH = 60
_SHORTEST_TIME = len("2026-11-22 19:05")
_YEARS = range(2000, 2200)

Fields = dict[str, JsonValue]


def fields_of(body: bytes) -> Fields:
    """The object a body holds; raises BadJson, or BadRequest if it is something else."""
    return as_fields(loads(body), "")


def as_fields(value: JsonValue, name: str) -> Fields:
    """`value` as an object; raises BadRequest(name) if it is something else."""
    if not isinstance(value, dict):
        raise BadRequest(name, "not an object")
    return value


def identity(fields: Fields, name: str) -> str:
    """A provider's id of something, as text."""
    given = fields.get(name)
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise BadRequest(name, "not an id")
    key = str(given)
    if not (0 < len(key) <= _ID_LENGTH and key.isascii() and key.isprintable()):
        raise BadRequest(name, "not an id")
    return key


def short_key(*parts: str) -> str:
    """The parts joined by colons, or their digest where that would be too long to be a key."""
    key = ":".join(parts)
    return key if len(key) <= KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()


def text(fields: Fields, name: str, most: int) -> str:
    """The text of a field as one clean line; an absent or null one is empty."""
    given = fields.get(name)
    if given is None:
        return ""
    if not isinstance(given, str):
        raise BadRequest(name, "not a text")
    return clean_line(given, most)


def account_numbers(fields: Fields, *names: str) -> frozenset[str]:
    """The numbers in these fields, at least one."""
    numbers = frozenset(text(fields, name, NUMBER_LENGTH) for name in names) - {""}
    if not numbers:
        raise BadRequest(names[0], "missing")
    return numbers


def amount_vnd(fields: Fields, name: str, *, signed: bool = False) -> int:
    """Whole đồng above zero; `signed` takes those below zero too (money that left)."""
    amount = fields.get(name)
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise BadRequest(name, "not whole đồng")
    if not 0 < (abs(amount) if signed else amount) <= MOST_VND:
        raise BadRequest(name, "out of range")
    return amount


def balance_vnd(fields: Fields, name: str) -> int | None:
    """The bank's running balance, if the provider tells one; zero is how those say that do not know."""
    balance = fields.get(name)
    if isinstance(balance, bool) or not isinstance(balance, int) or abs(balance) > 10**15:
        return None
    return balance or None


def at_ms(fields: Fields, name: str) -> int:
    """A moment in UTC milliseconds; providers mean Vietnam's time without saying so."""
    given = fields.get(name)
    if not isinstance(given, str) or len(given) < _SHORTEST_TIME:
        raise BadRequest(name, "not YYYY-MM-DD HH:MM:SS")
    try:
        moment = datetime.datetime.fromisoformat(given)
        at_s = int((moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).timestamp())
    except (ValueError, OverflowError) as error:
        raise BadRequest(name, "not YYYY-MM-DD HH:MM:SS") from error
    if (
        moment.year not in _YEARS
    ):  # a day before the first has no name, and the book of days would stop
        raise BadRequest(name, "out of range")
    return at_s * 1000


def reference(data: Fields) -> str:
    """The bank's own reference of a transfer, or nothing."""
    return text(data, "reference", REFERENCE_LENGTH)


def transfer(
    data: Fields, key: str, amount_vnd: int, balance_vnd: int | None = None
) -> BankMovement:
    """The movement in fields named as Casso and payOS both name them.

    `key` is the provider's id of it, the bank's reference where there is none. `amount_vnd` is what came,
    below zero what left; `balance_vnd` what the account holds after it, if told.

    Raises:
        BadRequest: a field is missing or odd; it says which.
    """
    return BankMovement(
        key=key,
        account_numbers=account_numbers(data, "accountNumber", "virtualAccountNumber"),
        reference=reference(data) or key,
        incoming=amount_vnd > 0,
        amount_vnd=abs(amount_vnd),
        content=text(data, "description", CONTENT_LENGTH),
        at_ms=at_ms(data, "transactionDateTime"),
        balance_vnd=balance_vnd,
    )
