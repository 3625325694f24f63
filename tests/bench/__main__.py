"""`make bench`: every figure of docs/performance.md from one run, medians of interleaved rounds.

    python -m tests.bench [claims] [fanout] [flood] [pages] [weight] [search] [reader] [receipts] [video]
        [search-postgres] [--rounds N] [--seconds S]

A table and one JSON line a figure on stdout, progress on stderr. No test waits for a figure; the bench
ends early only when an answer is missing or wrong. Under fourteen minutes with the defaults on two cores.
"""

import argparse
import os
import platform
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from tests.bench import (
    blast,
    checking,
    claims,
    fanout,
    flood,
    pages,
    reading,
    searching,
    video_clock,
    video_load,
)
from tests.bench.figures import as_json, figures, percentile, table
from tests.bench.lines import Load
from tests.bench.market import Market, Places
from tests.bench.node import plain
from tests.bench.report import MORE_PARTS, PARTS, lines

Measured = dict[str, float]

_MOST_S = 650.0


@dataclass(frozen=True)
class Probe:
    """One thing measured once in each round."""

    name: str
    measure: Callable[[], Measured]


_WITHOUT_SERVER = {
    "reader": Probe("claim reader", reading.read),
    "receipts": Probe("receipts", checking.check),
}


def main() -> None:
    """Set up, measure round by round, print."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is then stopped too
    began = time.monotonic()
    with Places() as places:
        probes = _probes(places, asked.parts or list(PARTS), asked.seconds)
        rounds = _rounds(probes, asked.rounds, until=time.monotonic() + _MOST_S)
    shown = figures(lines(), rounds)
    print(f"{_machine()}; {len(rounds)} rounds; {time.monotonic() - began:.0f} s in all\n")
    print(table(shown), end="\n\n")
    for figure in shown:
        print(as_json(figure))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, *MORE_PARTS, []], metavar="|".join(PARTS)
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of each load")
    return parser.parse_args()


def _rounds(probes: list[Probe], wanted: int, until: float) -> list[Measured]:
    """Measure everything `wanted` times, fewer when the next round would end after `until`."""
    rounds: list[Measured] = []
    for number in range(1, wanted + 1):
        began = time.monotonic()
        rounds.append(_round(number, probes))
        if number < wanted and 2 * time.monotonic() - began > until:
            print(f"no time for more than {number} of {wanted} rounds", file=sys.stderr)
            break
    return rounds


def _round(number: int, probes: list[Probe]) -> Measured:
    measured: Measured = {}
    for probe in probes:
        found = probe.measure()
        print(f"round {number}: {probe.name}: {_short(found)}", file=sys.stderr)
        measured |= found
    return measured


def _short(measured: Measured) -> str:
    return ", ".join(f"{name} {value:.1f}" for name, value in measured.items())


def _probes(places: Places, parts: list[str], seconds: float) -> list[Probe]:
    probes: list[Probe] = []
    for part, database in (("search", "sqlite"), ("search-postgres", "postgres")):
        if part in parts:
            probes += _search_probes(places, database, seconds)
    probes += [probe for part, probe in _WITHOUT_SERVER.items() if part in parts]
    if "video" in parts:
        probes += _video_probes(places)
    if set(parts) <= {"search", "search-postgres", "video", *_WITHOUT_SERVER}:
        return probes
    sqlite = Market("sqlite", places.server("sqlite")).open()
    if "claims" in parts:
        probes += _all_claim_probes(places, sqlite, seconds)
    if "fanout" in parts:
        probes += _fanout_probes(places, sqlite, seconds)
    if "flood" in parts:
        probes.append(_flood_probe(sqlite, seconds))
    if "pages" in parts:
        probes += _page_probes(sqlite, seconds)
    if "weight" in parts:
        probes += _weight_probes(sqlite)
    return probes


def _all_claim_probes(places: Places, sqlite: Market, seconds: float) -> list[Probe]:
    postgres = Market("postgres", places.server("postgres", places.postgres_url())).open()
    probes: list[Probe] = []
    for market, url in ((sqlite, ""), (postgres, places.postgres_url())):
        probes += _claim_probes(market, seconds)
        probes.append(_ungrouped_probe(places, market.name, url, seconds))
    return probes


def _claim_probes(market: Market, seconds: float) -> list[Probe]:
    name = market.name

    def by_socket() -> Measured:
        load = claims.by_socket(market, market.new_session(), seconds)
        return {
            **_rates(f"{name}.socket", load),
            f"{name}.client_share": load.client_share * 100,
        }

    def by_post() -> Measured:
        return _rates(f"{name}.post", claims.by_post(market, market.new_session(), seconds))

    def by_single() -> Measured:
        session_id = market.new_session()
        return _rates(f"{name}.single", claims.by_single_commits(market, session_id, seconds))

    def by_bare() -> Measured:
        return _rates(f"{name}.bare", claims.by_bare_row(market, seconds / 2))

    loads = (by_socket, by_post, by_single, by_bare)
    return [Probe(f"claims {load.__name__}, {name}", load) for load in loads]


def _ungrouped_probe(places: Places, name: str, url: str, seconds: float) -> Probe:
    """The same claims where each is a transaction of its own and goes the stock road."""
    server = places.server(f"{name}-ungrouped", url, application="tests.bench.apps:ungrouped()")
    market = Market(f"{name}-ungrouped", server).open()

    def by_socket() -> Measured:
        load = claims.by_socket(market, market.new_session(), seconds)
        return _rates(f"{name}.ungrouped", load)

    return Probe(f"claims by_socket, {name}, ungrouped", by_socket)


def _fanout_probes(places: Places, market: Market, seconds: float) -> list[Probe]:
    server = places.server("ours", application="tests.bench.apps:ours()")
    ours = Market("ours", server).open()
    room = ours.new_session()
    server.stop()
    others = {
        "node": plain(places),
        "stock": places.server("stock", application="tests.bench.apps:stock()"),
    }

    def watch() -> Measured:
        seen = fanout.watch_claims(market, market.new_session(), seconds)
        return {
            "fanout.events_per_s": seen.events / seen.wall_s,
            "fanout.frames_per_s": seen.frames / seen.wall_s,
            **_delays("fanout.last", seen.last_viewer_delays),
            **_delays("fanout.ack", seen.ack_delays),
        }

    return [
        Probe("fan-out of claims", watch),
        Probe("blast, ours", lambda: blast.race("ours", server, room, gathered=True)),
        Probe("blast, node", lambda: blast.race("node", others["node"], room)),
        Probe("blast, stock", lambda: blast.race("stock", others["stock"], room, (1_000,))),
    ]


def _flood_probe(market: Market, seconds: float) -> Probe:
    def claim_and_talk() -> Measured:
        seen = flood.compare(market, market.new_session(), seconds)
        return {
            **_delays("flood.quiet", seen.quiet),
            **_delays("flood.talk", seen.flooded),
            "flood.shed": seen.shed_share * 100,
        }

    return Probe("flood", claim_and_talk)


def _paths(market: Market) -> dict[str, str]:
    return {
        "front": "/",
        "product": market.product_path(),
        "room": f"/live/{market.new_session()}",
    }


def _page_probes(market: Market, seconds: float) -> list[Probe]:
    def probe(key: str, path: str) -> Probe:
        def measure() -> Measured:
            return _rates(f"pages.{key}", pages.read(market.server.url, path, seconds / 2))

        return Probe(f"pages {key}", measure)

    return [probe(key, path) for key, path in _paths(market).items()]


def _search_probes(places: Places, database: str, seconds: float) -> list[Probe]:
    def probe(question: str, path: str) -> Probe:
        def measure() -> Measured:
            measured: Measured = {}
            for size, server in sizes.items():
                load = searching.read(server, path, seconds / 3)
                measured |= _delays(f"search.{database}.{question}.{size}", load.latencies)
            return measured

        return Probe(f"search {question}, {database}", measure)

    sizes = searching.markets(places, database)
    return [probe(question, path) for question, path in searching.QUESTIONS.items()]


def _weight_probes(market: Market) -> list[Probe]:
    def weigh() -> Measured:
        return {
            f"weight.{key}.{kind}": kilobytes
            for key, path in paths.items()
            for kind, kilobytes in pages.weight_kb(market.server.url, path).items()
        }

    paths = _paths(market)
    return [Probe("weight", weigh)]


def _video_probes(places: Places) -> list[Probe]:
    def probe(name: str, measure: Callable[[Path], Measured]) -> Probe:
        return Probe(name, lambda: measure(Path(mkdtemp(dir=places.folder))))

    return [
        probe("video glass to glass", video_clock.glass_to_glass),
        probe("video ten streams", video_load.ten_streams),
        probe("video many viewers", video_load.many_viewers),
    ]


def _rates(name: str, load: Load) -> Measured:
    return {f"{name}.per_s": load.per_s, **_delays(name, load.latencies)}


def _delays(name: str, seconds: list[float]) -> Measured:
    return {f"{name}.p{p}_ms": percentile(seconds, p) * 1000 for p in (50, 99)}


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
