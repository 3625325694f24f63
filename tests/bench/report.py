"""Which figures the bench reports, in which order, and what each is compared with."""

from tests.bench.blast import GAPS_MS, SIZES
from tests.bench.figures import Line

PARTS = ("claims", "fanout", "flood", "pages", "weight", "search", "reader", "receipts", "video")
MORE_PARTS = ("search-postgres",)
"""Measured when they are asked for by name."""
PAGES = {"front": "front page", "product": "product page", "room": "room page"}
SEARCHES = {
    "words": "Search for three words",
    "common": "Search for a common word",
    "slip": "Search with a slip",
    "kind": "Page of a kind",
    "stock": "The same, in stock and season",
    "price": "A kind, cheapest first",
}
_DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
_OTHERS = (("node", "plain node socket.io"), ("stock", "stock Flask-SocketIO"))
_BUDGET_KB = 60
_BUDGET_US = 100
_RECEIPT_BUDGET_US = 1_000


def lines() -> list[Line]:
    """Every line of the report."""
    searches = [*_search("sqlite", "search"), *_search("postgres", "search-postgres")]
    return [
        *_claims("sqlite"),
        *_claims("postgres"),
        *_fanout(),
        *_flood(),
        *_pages(),
        *_weight(),
        *searches,
        *_reader(),
        *_receipts(),
        *_video(),
    ]


def _claims(database: str) -> list[Line]:
    def line(key: str, title: str, unit: str, *against: tuple[str, str]) -> Line:
        pairs = tuple((f"{database}.{key}.per_s", than) for key, than in against)
        return Line(f"{database}.{key}", title, unit, "claims", pairs)

    name = _DATABASES[database]
    bases = (
        ("ungrouped", "one transaction a claim"),
        ("post", "POST"),
        ("single", "bare process"),
        ("bare", "bare row"),
    )
    return [
        line("socket.per_s", f"Durable claims by socket, {name}", "claims/s", *bases),
        line("socket.p50_ms", "  claim to ack, p50, 64 at once", "ms"),
        line("socket.p99_ms", "  claim to ack, p99, 64 at once", "ms"),
        line(
            "ungrouped.per_s",
            "  baseline: the same server, one transaction a claim, stock road",
            "claims/s",
        ),
        line("post.per_s", "  baseline: the same server by HTTP POST", "claims/s"),
        line("single.per_s", "  baseline: bare process, one commit a claim", "claims/s"),
        line("bare.per_s", "  baseline: bare process, one row a commit", "rows/s"),
        line("client_share", "  share of a core the bench's client used", "%"),
    ]


def _fanout() -> list[Line]:
    def line(key: str, title: str, unit: str, *against: tuple[str, str]) -> Line:
        return Line(key, title, unit, "fanout", against)

    told = "Claims told to 500 sockets at 100 claims/s"
    return [
        *(one for size in SIZES for one in _raced(size)),
        *(one for gap_ms in GAPS_MS for one in _gathered(gap_ms)),
        line("fanout.events_per_s", told, "deliveries/s"),
        line("fanout.frames_per_s", "  the same as frames, at most 5 a second", "deliveries/s"),
        line("fanout.last.p50_ms", "  ack to last viewer, p50", "ms"),
        line("fanout.last.p99_ms", "  ack to last viewer, p99", "ms"),
        line("fanout.ack.p50_ms", "  claim to ack meanwhile, p50", "ms"),
        line("fanout.ack.p99_ms", "  claim to ack meanwhile, p99", "ms"),
    ]


def _raced(size: int) -> list[Line]:
    def line(key: str, title: str, unit: str, budget: float | None = None) -> Line:
        who, _, what = key.partition(".")
        others = tuple((f"blast.{one}.{size}.{what}", than) for one, than in _OTHERS)
        against = others if who == "ours" and what != "viewers_busy" else ()
        return Line(f"blast.{who}.{size}.{what}", title, unit, "fanout", against, budget)

    return [
        line("ours.per_s", f"One event a frame to {size:,} viewers, flat out", "deliveries/s"),
        line("node.per_s", "  baseline: plain node socket.io", "deliveries/s"),
        line("stock.per_s", "  baseline: stock Flask-SocketIO", "deliveries/s"),
        line("ours.cpu_us", "  processor time of the server a delivery", "µs"),
        line("ours.p99_ms", "  sent to heard flat out, p99", "ms"),
        line("ours.paced_p99_ms", "  sent to heard at five frames a second, p99", "ms", 100),
        line("ours.viewers_busy", "  share of a core of the busiest viewer process", "%"),
        line("node.viewers_busy", "  the same with node", "%"),
        line("ours.viewer_kb", "  memory of the server per viewer", "KB", 70),
    ]


def _gathered(gap_ms: int) -> list[Line]:
    title = f"3,000 events/s to 1,000 viewers, a frame each {gap_ms} ms"
    node = (("blast.node.1000.per_s", "node, one event a frame"),)
    key = f"gathered.ours.{gap_ms}"
    return [
        Line(f"{key}.per_s", title, "event deliveries/s", "fanout", node),
        Line(f"{key}.p99_ms", "  sent to heard, p99", "ms", "fanout"),
    ]


def _flood() -> list[Line]:
    def line(key: str, title: str, unit: str, *against: tuple[str, str]) -> Line:
        return Line(f"flood.{key}", title, unit, "flood", against)

    quiet = ("flood.quiet.p99_ms", "without the chat")
    return [
        line("talk.p99_ms", "200 claims/s, 2,000 lines of chat/s, 2,000 viewers, p99", "ms", quiet),
        line("quiet.p99_ms", "  the same without the chat, p99", "ms"),
        line("talk.p50_ms", "  with the chat, p50", "ms"),
        line("quiet.p50_ms", "  without, p50", "ms"),
        line("shed", "  share of the chat that was refused", "%"),
    ]


def _pages() -> list[Line]:
    return [
        Line(f"pages.{key}.{what}", title, unit, "pages")
        for key, name in PAGES.items()
        for what, title, unit in (
            ("per_s", f"Requests for the {name}", "requests/s"),
            ("p99_ms", "  answered in, p99, 16 readers", "ms"),
        )
    ]


def _search(database: str, part: str) -> list[Line]:
    def line(question: str, size: str, percent: int) -> Line:
        key = f"search.{database}.{question}"
        title = f"{SEARCHES[question]}, {size} listings, p{percent}"
        against = ((f"{key}.1k.p{percent}_ms", "1k listings"),) if size == "100k" else ()
        name = _DATABASES[database]
        return Line(f"{key}.{size}.p{percent}_ms", f"{title}, {name}", "ms", part, against)

    return [
        line(question, size, percent)
        for question in SEARCHES
        for percent in (50, 99)
        for size in ("1k", "100k")
    ]


def _reader() -> list[Line]:
    return [
        Line(f"reader.p{percent}_us", f"A comment read, p{percent} of the page's phrases", "µs", "reader",
             budget=_BUDGET_US)
        for percent in (50, 99)
    ]  # fmt: skip


def _weight() -> list[Line]:
    pages = [
        Line(f"weight.{key}.total", f"First visit to the {PAGES[key]}", "KB gzip", "weight",
             budget=_BUDGET_KB)
        for key in PAGES
    ]  # fmt: skip
    kinds = [
        Line(f"weight.{key}.{kind}", f"  {PAGES[key]}: {kind}", "KB gzip", "weight")
        for key in PAGES
        for kind in ("html", "css", "js", "images")
    ]
    return [*pages, *kinds]


def _receipts() -> list[Line]:
    def line(key: str, title: str, *against: tuple[str, str], budget: float | None = None) -> Line:
        return Line(f"receipt.{key}", title, "µs", "receipts", against, budget)

    bare = ("receipt.bare.p50_us", "bare Ed25519")
    return [
        line("p50_us", "A receipt checked, p50", bare),
        line("p99_us", "  p99", budget=_RECEIPT_BUDGET_US),
        line("bare.p50_us", "  baseline: the signature alone, p50"),
    ]


def _video() -> list[Line]:
    def line(key: str, title: str, unit: str, budget: float | None = None) -> Line:
        return Line(f"video.{key}", title, unit, "video", (), budget)

    outputs = (
        ("mse", "Glass to glass, endless MP4", 1_200),
        ("llhls", "Glass to glass, LL-HLS by hls.js", 2_000),
        ("hls", "Glass to glass, plain HLS by the browser", None),
    )
    return [
        *(
            one
            for key, title, budget in outputs
            for one in (
                line(f"{key}.p50_ms", f"{title}, p50", "ms", budget),
                line(f"{key}.p95_ms", "  p95", "ms"),
                line(f"{key}.start_ms", "  asked to first picture", "ms", 1_000),
            )
        ),
        line("cut.back_s", "Uplink cut for 5 s: until pictures are at most 2 s old", "s"),
        line("again.back_s", "  cut again 3 s later: the same", "s"),
        line("narrow.back_s", "Uplink of 320 kbit/s for 10 s: the same", "s"),
        line("lost", "  recordings given up in all of these", ""),
        line("ten.busy", "Ten streams of 900 kbit/s, share of one core", "%", 100),
        line("ten.speed", "  speed of the slowest, of real time", "%"),
        line("stream.busy", "  a stream", "% of a core"),
        line("viewer.busy", "A viewer of 300, 900 kbit/s", "% of a core"),
        line("viewer.kb", "  memory of the engine a viewer", "KB"),
        line("viewers.least", "  least bytes of one, of the median", "%"),
        line("viewers.pause_ms", "  longest time one got nothing", "ms"),
    ]
