"""Vietnamese stands in the code, English beside it: nothing untranslated, no place lost, no foreign words.

The sentences are extracted from the tree as `babel.cfg` says: a new one fails here until it is English too.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import wsgi
from core.errors import DomainError

ROOT = Path(wsgi.__file__).parent
PACKAGES = ("core", "catalog", "payments", "shop", "livestream")
PO = ROOT / "core" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
# The letters of words; digits and underscores divide.
WORD = re.compile(r"[^\W\d_]+")
# Letters only Vietnamese has; the names of the market and of its money keep theirs in English.
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
NAMES = {"Chợ", "Phiên", "đ", "đồng"}
# What nobody at the market says; live, ship, QR, app and Zalo everybody does.
JARGON = {
    *("account", "basket", "buyer", "cancel", "cart", "checkout", "claim", "click", "email"),
    *("feedback", "inbox", "link", "livestream", "login", "logout", "off", "online", "order"),
    *("password", "payment", "pin", "refund", "seller", "session", "shop", "sign", "stock"),
    *("submit", "token", "update", "upload", "user", "website"),
}
# Where nothing is to be translated, or both languages say the same.
SAME = {"Live", "live", "{n} {unit}"}


@cache
def sentences() -> frozenset[str]:
    """Every sentence of the code and the templates; one that counts things is there for one and for many."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    return frozenset(
        sentence
        for package in PACKAGES
        for found in extract_from_dir(ROOT / package, methods, options)
        for sentence in forms(found[2])
    )


def forms(message: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """What a message says of one thing and of many; most say the same of all."""
    return (message,) if isinstance(message, str) else tuple(message)


@cache
def english() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def pairs() -> Iterator[tuple[str, str]]:
    """Each Vietnamese sentence with its English one."""
    for message in english():
        if message.id:
            yield from zip(forms(message.id), forms(message.string), strict=True)


def places(sentence: str) -> list[str]:
    """The places of a sentence that are filled in later, sorted."""
    return sorted(found[0] for found in PLACE.finditer(sentence))


def all_refusals(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    yield base
    for refusal in base.__subclasses__():
        yield from all_refusals(refusal)


def test_every_sentence_has_an_english_one() -> None:
    translated = {vietnamese for vietnamese, said in pairs() if said.strip()}
    assert sorted(sentences() - translated) == []


def test_nothing_is_translated_that_nobody_says() -> None:
    assert sorted({vietnamese for vietnamese, _ in pairs()} - sentences()) == []
    assert not english().obsolete


def test_no_english_is_a_machine_guess() -> None:
    assert [message.id for message in english() if message.id and message.fuzzy] == []
    assert {vietnamese for vietnamese, said in pairs() if vietnamese == said} <= SAME


def test_english_fills_the_same_places() -> None:
    assert [said for vietnamese, said in pairs() if places(vietnamese) != places(said)] == []


def test_english_is_english() -> None:
    left = {word for _, said in pairs() for word in WORD.findall(said) if VIETNAMESE.search(word)}
    assert left <= NAMES


def test_vietnamese_is_free_of_english() -> None:
    used = {word.lower() for each in sentences() for word in WORD.findall(PLACE.sub("", each))}
    assert sorted(used & JARGON) == []


def _is_ours(refusal: type[DomainError]) -> bool:
    return refusal.__module__.startswith(PACKAGES)


def test_every_refusal_can_be_said_in_english() -> None:
    theirs = {str(refusal.message) for refusal in all_refusals() if _is_ours(refusal)}
    assert sorted(theirs - sentences()) == []


def test_the_catalogue_names_no_person_and_no_machine() -> None:
    head = PO.read_text(encoding="utf-8").partition("\n\n")[0]
    assert not re.search(r"Translator|Creation|Revision|@|POT|Generated", head)
    assert "\n#: " not in PO.read_text(encoding="utf-8")
