"""A running server with the demo's sellers and goods, as `make run` leaves it on an empty machine.

Who sells and how to sign in is read from what `flask prepare` prints and from the API, as a newcomer would.
"""

import re
from dataclasses import dataclass, field

from tests.support import commands
from tests.support.server import Server
from tests.support.visitors import Buyer, Host, Json, OverHttp, Visitor, pin, sign_in


@dataclass
class DemoMarket:
    """A server, and the demo logins it was announced with: seller's name by number."""

    server: Server
    password: str = ""
    names: dict[str, str] = field(default_factory=dict)
    _tokens: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def door(self) -> OverHttp:
        return OverHttp(self.server.url)

    def start(self) -> "DemoMarket":
        """Prepare the database, read the announcement, serve."""
        announced = _prepare(self.server)
        found = re.search(r"password: (\S+)\)", announced)
        assert found, announced
        self.password = found[1]
        self.names = {
            number.replace(" ", ""): name
            for number, name in re.findall(r"^ *(0[\d ]{10,12}?)  (\S.*)$", announced, re.MULTILINE)
        }
        self.server.start()
        return self

    def token(self, number: str, device: int = 1) -> str:
        """The first, second … signed-in device of a demo login, the same one each time."""
        if (number, device) not in self._tokens:
            self._tokens[number, device] = sign_in(self.door, number, self.password)
        return self._tokens[number, device]

    def host(self, number: str) -> Host:
        """A signed-in device of the demo login `number`."""
        return Host(self.door, self.token(number))

    def goods(self) -> list[Json]:
        """The newest forty listings on sale."""
        return list(Visitor(self.door).get("/listings?limit=40")["list"])

    def goods_of(self, number: str) -> list[Json]:
        """Those of the demo seller who signs in with `number` (one with a session in the list)."""
        return [one for one in self.goods() if _name_of(self, one["seller"]) == self.names[number]]

    def verified_buyers(self, count: int) -> list[Buyer]:
        """New people whose numbers are proved."""
        made = self.server.flask("demo", "buyers", str(count))
        return [Buyer(self.door, str(one["token"])) for one in made]

    def problems(self) -> list[str]:
        """What `flask fsck` finds wrong beside the running server."""
        told = self.server.flask("fsck")
        return [str(one) for one in told if not one["ok"]]


def _prepare(server: Server) -> str:
    done = commands.run(["prepare"], server.environment())
    assert done.exit_code == 0, done.stderr[-4000:]
    return done.stderr


@dataclass(frozen=True)
class Show:
    """A running session of one demo seller, three pins: A1 main, A2 and A3 beside it."""

    market: DemoMarket
    host: Host
    seller: str
    id: str
    prices: dict[str, int]


def open_show(
    market: DemoMarket, number: str, packs: int = 5, limit: int = 5, *, started: bool = True
) -> Show:
    """Open (and start) a session of the demo seller who signs in with `number`."""
    host = market.host(number)
    mine = [one for one in market.goods_of(number) if one["left"] >= packs]
    seller = mine[0]["seller"]
    prices = {f"A{place}": one["price_vnd"] - 5_000 for place, one in enumerate(mine[:3], 1)}
    pins = [pin(one["id"], packs, one["price_vnd"] - 5_000, limit) for one in mine[:3]]
    session_id = host.open(seller, pins)
    if started:
        host.do(session_id, "start")
    return Show(market, host, seller, session_id, prices)


def _name_of(market: DemoMarket, seller: str) -> str:
    sessions = Visitor(market.door).get("/live")["sessions"]
    return next((one["seller_name"] for one in sessions if one["seller"] == seller), "")
