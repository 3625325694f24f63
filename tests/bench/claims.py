"""Durable claims a second: by socket as buyers claim, and by the two roads it is compared with.

Every counted claim was acknowledged, and the server acknowledges after the commit (promise P2). The
baselines are what a market without group commit and without sockets would do: one bare row per commit
on the same disk, the same claim with a commit of its own, and one HTTP POST per claim.
"""

import itertools
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Callable

import psycopg
import pysqlite3.dbapi2 as sqlite

from tests.bench.lines import Broken, HttpLine, Load, SocketLine, closed_loop
from tests.bench.market import Market, is_ok
from tests.support.server import ROOT

_ROW = ("id TEXT PRIMARY KEY, session_id TEXT, number BIGINT, person_id TEXT, name TEXT,"
        " held BIGINT, state TEXT, created_ms BIGINT")  # fmt: skip
_WARM_UP = 50
CALLERS = 64


def by_socket(market: Market, session_id: str, seconds: float) -> Load:
    """Buyers claim one pack of A1 each over websockets, 64 claims under way at any moment.

    There are more buyers than that, because one who claims more than ten times a second is slowed down.
    """
    lines = [SocketLine(market.server.url, token) for token in market.tokens]
    run, numbers = uuid.uuid4().hex[:12], itertools.count(1)

    def request(_line: HttpLine) -> bytes:
        return claim_packet(session_id, run, next(numbers))

    try:
        return closed_loop(lines, seconds, request, is_acked, CALLERS)
    finally:
        for line in lines:
            line.close()


def by_post(market: Market, session_id: str, seconds: float) -> Load:
    """64 of the buyers claim by HTTP POST on keep-alive connections."""
    pairs = [(HttpLine(market.server.url), token) for token in market.tokens[:CALLERS]]
    tokens = {id(line): token for line, token in pairs}
    run, numbers = uuid.uuid4().hex[:12], itertools.count(1)

    def request(line: HttpLine) -> bytes:
        claim = {"code": "A1", "qty": 1, "client_id": f"{run}-{next(numbers):08}"}
        body = json.dumps(claim).encode()
        return (
            f"POST /api/v1/live/{session_id}/claims HTTP/1.1\r\nHost: {line.host}\r\n"
            f"Authorization: Bearer {tokens[id(line)]}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    lines = [line for line, _ in pairs]
    try:
        return closed_loop(lines, seconds, request, is_ok)
    finally:
        for line in lines:
            line.close()


def claim_packet(session_id: str, run: str, number: int) -> bytes:
    """One claim of one pack of A1, asking for an ack; `run` and `number` make its client id."""
    claim = {"session": session_id, "code": "A1", "qty": 1, "client_id": f"{run}-{number:08}"}
    return f"42/live,{number}{json.dumps(['claim', claim])}".encode()


def is_acked(packet: bytes) -> bool:
    """Whether `packet` acknowledges a claim; raises Broken when it refuses one."""
    if not packet.startswith(b"43/live,"):
        return False
    if b'"ok":true' not in packet and b'"ok": true' not in packet:
        raise Broken(packet[:400].decode(errors="replace"))
    return True


def by_bare_row(market: Market, seconds: float) -> Load:
    """One row, one commit, again and again: what the disk and the database allow a naive writer."""
    url = market.server.database_url
    insert = _postgres_inserts(url) if url.startswith("postgresql") else _sqlite_inserts(market)
    load, began = Load(), time.perf_counter()
    for number in itertools.count():
        asked = time.perf_counter()
        insert(number)
        now = time.perf_counter()
        load.latencies.append(now - asked)
        if now - began > seconds:
            break
    load.wall_s = time.perf_counter() - began
    return load


def _row(number: int) -> tuple[object, ...]:
    name, created_ms = "N***", time.time_ns() // 1_000_000
    return (uuid.uuid4().hex[:16], "session", number, "person", name, 1, "held", created_ms)


def _sqlite_inserts(market: Market) -> Callable[[int], object]:
    file = market.server.data_dir / "baseline.sqlite3"
    connection = sqlite.connect(str(file), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE IF NOT EXISTS bare ({_ROW})")
    statement = "INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    return lambda number: connection.execute(statement, _row(number))  # autocommit: one fsync each


def _postgres_inserts(url: str) -> Callable[[int], object]:
    connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
    connection.execute(f"CREATE TABLE IF NOT EXISTS bench_bare ({_ROW})")
    statement = "INSERT INTO bench_bare VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    return lambda number: connection.execute(statement, _row(number))


def by_single_commits(market: Market, session_id: str, seconds: float) -> Load:
    """The very same claim by a bare process that commits each one alone and prints it after that."""
    command = [sys.executable, "-m", "tests.support.bare_writer", session_id, market.tokens[0]]
    process = subprocess.Popen(
        [*command, uuid.uuid4().hex[:12]],
        cwd=ROOT,
        env=market.server.environment(),
        stdout=subprocess.PIPE,
    )
    try:
        return _count_lines(process, seconds)
    finally:
        process.kill()
        process.wait()


def _count_lines(process: "subprocess.Popen[bytes]", seconds: float) -> Load:
    assert process.stdout is not None
    for _ in range(_WARM_UP):
        if not process.stdout.readline():
            raise Broken("the bare writer ended")
    load, began = Load(), time.perf_counter()
    last = began
    while last - began < seconds:
        process.stdout.readline()
        now = time.perf_counter()
        load.latencies.append(now - last)
        last = now
    load.wall_s = last - began
    return load
