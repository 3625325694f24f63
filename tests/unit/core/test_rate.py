"""Token buckets: generous at once, steady afterwards, bounded in memory."""

import pytest
from flask import Flask

from core import clock, rate
from core.clock import FixedClock
from core.errors import TooFast
from core.rate import Buckets, Limit, network_of

THREE = Limit("three", burst=3, refill_ms=1000)


def test_a_burst_is_allowed_and_the_next_one_told_when_to_come_back() -> None:
    buckets = Buckets()
    for _ in range(3):
        buckets.take(THREE, "hoa", now_ms=50)
    with pytest.raises(TooFast) as refused:
        buckets.take(THREE, "hoa", now_ms=50)
    assert refused.value.data == {"retry_after_ms": 1000}


def test_one_token_comes_back_after_each_interval() -> None:
    buckets = Buckets()
    for _ in range(3):
        buckets.take(THREE, "hoa", now_ms=0)
    buckets.take(THREE, "hoa", now_ms=1000)
    with pytest.raises(TooFast):
        buckets.take(THREE, "hoa", now_ms=1999)


def test_a_refusal_costs_nothing() -> None:
    buckets = Buckets()
    for _ in range(3):
        buckets.take(THREE, "hoa", now_ms=0)
    for _ in range(10):
        with pytest.raises(TooFast):
            buckets.take(THREE, "hoa", now_ms=999)
    buckets.take(THREE, "hoa", now_ms=1000)


def test_accounts_and_limits_do_not_share_buckets() -> None:
    buckets, one = Buckets(), Limit("one", burst=1, refill_ms=1000)
    buckets.take(one, "hoa", now_ms=0)
    buckets.take(one, "lan", now_ms=0)
    buckets.take(THREE, "hoa", now_ms=0)
    with pytest.raises(TooFast):
        buckets.take(one, "hoa", now_ms=0)


def test_memory_is_bounded_and_the_longest_idle_key_is_forgotten() -> None:
    buckets, one = Buckets(most=2), Limit("one", burst=1, refill_ms=1000)
    for key in ("a", "b", "c"):
        buckets.take(one, key, now_ms=0)
    assert len(buckets) == 2
    buckets.take(one, "a", now_ms=0)
    with pytest.raises(TooFast):
        buckets.take(one, "c", now_ms=0)


def test_each_application_counts_by_the_products_clock(app: Flask, time_at: FixedClock) -> None:
    one = Limit("one", burst=1, refill_ms=1000)
    with app.app_context():
        rate.take(one, "hoa")
        with pytest.raises(TooFast):
            rate.take(one, "hoa")
        time_at.advance(1000)
        rate.take(one, "hoa")


def test_p18_a_clock_set_back_keeps_nobody_out_for_longer(app: Flask, time_at: FixedClock) -> None:
    one = Limit("one", burst=1, refill_ms=1000)
    clock.raise_floor(time_at.at_ms)
    with app.app_context():
        rate.take(one, "hoa")
        time_at.advance(-3_600_000)
        with pytest.raises(TooFast):
            rate.take(one, "hoa")
        time_at.advance(1000)
        rate.take(one, "hoa")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::nonsense", "::nonsense"),
        (None, ""),
    ],
)
def test_an_address_counts_under_its_network(address: str | None, network: str) -> None:
    assert network_of(address) == network
