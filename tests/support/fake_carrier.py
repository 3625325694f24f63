"""A carrier on 127.0.0.1 that behaves as Vietnamese ones do: it answers whoever has the token, books a parcel
once under our key, and its notices are unsigned forms that may come late, twice, or from somebody else."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import unquote, urlencode

from tests.support.local_server import LocalSite

TOKEN = "a-token-of-the-fake-carrier"
FEE_VND = 30_400
_ORDER = "/services/shipment/order"
_STATUS = "/services/shipment/v2/"
_CANCEL = "/services/shipment/cancel/"


@dataclass
class FakeCarrier(LocalSite):
    """`orders` are what it was sent by our key; `mood` is kind, silent, broken, or what it refuses with."""

    mood: str = "kind"
    orders: dict[str, dict[str, object]] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def notice(self, tracking_code: str, status: int = 5) -> bytes:
        """A notice as it sends them, or as anybody could: a form that nobody signed."""
        told = {"label_id": tracking_code, "status_id": status, "pick_money": 100_000}
        return urlencode(told).encode()

    def serve(self, clerk: BaseHTTPRequestHandler) -> None:
        """One request and its answer."""
        self.asked += 1
        body = clerk.rfile.read(int(clerk.headers.get("Content-Length") or 0))
        if self.mood == "silent":
            self.over.wait(30)
            return
        if self.mood == "broken":
            clerk.send_error(502)
            return
        status, told = self._answer(clerk, json.loads(body or b"{}"))
        sent = json.dumps(told).encode()
        clerk.send_response(status)
        clerk.send_header("Content-Length", str(len(sent)))
        clerk.end_headers()
        clerk.wfile.write(sent)

    def _answer(
        self, clerk: BaseHTTPRequestHandler, body: dict[str, dict[str, object]]
    ) -> tuple[int, dict[str, object]]:
        if clerk.headers.get("Token") != TOKEN:
            return 401, {"success": False, "message": "Token"}
        if self.mood != "kind":
            return 200, {"success": False, "message": self.mood}
        if clerk.path == _ORDER:
            return 200, self._book(body["order"])
        code = unquote(clerk.path.rpartition("/")[2])
        if code not in self.statuses:
            return 404, {"success": False, "message": "not found"}
        if clerk.path.startswith(_CANCEL):
            return 200, self._cancel(code)
        return 200, {"success": True, "order": {"label_id": code, "status": self.statuses[code]}}

    def _book(self, order: dict[str, object]) -> dict[str, object]:
        key = str(order["id"])
        code = f"S1.A1.{key}"
        if key in self.orders:
            error = {"code": "ORDER_ID_EXIST", "partner_id": key, "ghtk_label": code}
            return {"success": False, "message": "exists", "error": error}
        self.orders[key], self.statuses[code] = order, "2"
        return {"success": True, "order": {"partner_id": key, "label": code, "fee": str(FEE_VND)}}

    def _cancel(self, code: str) -> dict[str, object]:
        if self.statuses[code] not in ("1", "2", "12"):
            return {"success": False, "message": "Đơn đã lấy hàng, không thể hủy đơn."}
        self.statuses[code] = "-1"
        return {"success": True, "message": ""}
