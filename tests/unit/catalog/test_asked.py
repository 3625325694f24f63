"""Addresses of searches: one address for one question, and neighbours a tap away."""

import pytest
from werkzeug.datastructures import MultiDict

from catalog import asked
from catalog.asked import Asked
from catalog.search import Wanted


@pytest.mark.parametrize(
    ("wanted", "url"),
    [
        (Wanted(), "/search"),
        (Wanted("chè"), "/search?q=ch%C3%A8"),
        (Wanted(kind="na"), "/kinds/na"),
        (Wanted(commune="05443", in_stock=True), "/communes/05443?in_stock=1"),
        (Wanted("na", kind="na"), "/search?q=na&kind=na"),
        (Wanted(kind="na", commune="05443"), "/search?kind=na&commune=05443"),
        (Wanted(per_from_vnd=0), "/search?per_from_vnd=0"),
    ],
)
def test_a_question_has_one_address(wanted: Wanted, url: str) -> None:
    assert Asked(wanted).url == url


@pytest.mark.parametrize(
    "given",
    [
        {"q": "chè", "in_stock": "1", "paper": "ocop"},
        {"kind": "na", "commune": "05443", "sort": "price"},
        {"q": "na", "seller": "abc", "month": "8"},
        {"seller": "abc", "live": "1", "per_from_vnd": "50000", "per_to_vnd": "90000"},
    ],
)
def test_reading_an_address_gives_the_question_back(given: dict[str, str]) -> None:
    question = asked.read(MultiDict(given))
    said = question.url.split("?")[1].split("&")
    assert sorted(said) == sorted(Asked(question.wanted).url.split("?")[1].split("&"))
    assert {part.split("=")[0] for part in said} == set(given)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"kind": "x"},
        {"commune": "99999"},
        {"paper": "other"},
        {"sort": "rich"},
        {"in_stock": "yes"},
        {"per_from_vnd": "-5"},
        {"per_to_vnd": "1e9"},
        {"colour": "red"},
        {"month": "13"},
        {"month": "0"},
        {"seller": "../x"},
        {"seller": 'x" OR "y'},
        {"seller": "ab-cd'"},
    ],
)
def test_what_means_nothing_asks_nothing(nonsense: dict[str, str]) -> None:
    assert asked.read(nonsense).wanted == Wanted()


def test_prices_are_read_as_people_write_them() -> None:
    wanted = asked.read({"per_from_vnd": "50k", "per_to_vnd": "1tr2"}).wanted
    assert (wanted.per_from_vnd, wanted.per_to_vnd) == (50_000, 1_200_000)


def test_a_filter_is_switched_on_and_off_again() -> None:
    plain = Asked(Wanted("na"))
    assert plain.switched("in_stock") == "/search?q=na&in_stock=1"
    assert Asked(Wanted("na", in_stock=True)).switched("in_stock") == plain.url
    assert Asked(Wanted(paper="ocop")).switched("paper", "ocop") == "/search"


def test_the_next_page_asks_for_what_was_meant() -> None:
    assert Asked(Wanted("mien rong")).page("0-9-1", "miến dong").endswith("after=0-9-1")
    assert "rong" not in Asked(Wanted("mien rong")).page("0-9-1", "miến dong")
