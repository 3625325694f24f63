"""Receipt tokens changed in every way that comes to mind: none may be believed."""

import base64
import random
import secrets
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.codes import new_order_code
from payments.receipts.codec import (
    FIRST_IN_SERIES,
    ReceiptFields,
    ReceiptLine,
    Verdict,
    encode,
    lines_digest,
    verify,
)

KEY_ID = "k-tests1"
KEY = Ed25519PrivateKey.generate()
KEYS = {KEY_ID: KEY.public_key().public_bytes_raw()}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def a_token() -> str:
    """A receipt of 582,000 đồng, rightly signed."""
    line = ReceiptLine("Chè đinh", "gói 200 g", 3, 194_000, 582_000)
    fields = ReceiptFields(
        key_id=KEY_ID,
        seller="seller-of-tests",
        number=17,
        order_code=new_order_code(secrets.randbelow),
        total_vnd=582_000,
        paid_at_ms=1_795_600_000_000,
        lines_digest=lines_digest([line]),
        previous_hash=FIRST_IN_SERIES,
    )
    return encode(fields, KEY.sign)


def mutations(token: str, count: int) -> Iterator[str]:
    """So many texts that are not `token`: letters changed, swapped, cut, doubled; bits and bytes too."""
    dice, done = random.Random(6), 0
    while done < count:
        changed = dice.choice((_letters, _bits, _cut, _doubled, _swapped))(token, dice)
        if changed != token:
            done += 1
            yield changed


def require_none_accepted(count: int) -> None:
    """The right token is valid, none of its mutations is."""
    token = a_token()
    assert verify(token, KEYS).verdict is Verdict.VALID
    for changed in mutations(token, count):
        assert verify(changed, KEYS).verdict is not Verdict.VALID, changed


def _letters(token: str, dice: random.Random) -> str:
    letters = list(token)
    for _ in range(dice.randint(1, 4)):
        letters[dice.randrange(len(letters))] = dice.choice(_LETTERS)
    return "".join(letters)


def _bits(token: str, dice: random.Random) -> str:
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    for _ in range(dice.randint(1, 3)):
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()


def _cut(token: str, dice: random.Random) -> str:
    start, end = sorted(dice.sample(range(len(token) + 1), 2))
    return token[:start] + token[end:]


def _doubled(token: str, dice: random.Random) -> str:
    start, end = sorted(dice.sample(range(len(token) + 1), 2))
    return token[:end] + token[start:end] + token[end:]


def _swapped(token: str, dice: random.Random) -> str:
    at = dice.randrange(len(token) - 1)
    return token[:at] + token[at + 1] + token[at] + token[at + 2 :]
