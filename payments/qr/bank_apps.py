"""Links that open a bank's app with the transfer filled in, for who looks at the QR on the phone that pays.

Why: nobody scans their own screen. There is no common scheme yet; vietqr.io (Casso) documents one redirect
for all banks and names the apps that fill the form from it. Refuses apps without that word, and banks it has
no short name for: then the page offers none, and saving the picture works as before.
Source: https://www.vietqr.io/deeplink and its changelog 2.12 to 2.18 (2024-05-28 to 2026-07-31).
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from payments.qr import vietqr
from payments.qr.vietqr import VietQR

_REDIRECT = "https://dl.vietqr.io/pay"
_APPS = {
    "mb": "MB",
    "icb": "VietinBank",
    "bidv": "BIDV",
    "acb": "ACB",
    "ocb": "OCB",
}
"""Apps that fill the transfer in, by their id there."""
_SHORT = {
    "970403": "stb",
    "970405": "vba",
    "970407": "tcb",
    "970415": "icb",
    "970416": "acb",
    "970418": "bidv",
    "970422": "mb",
    "970423": "tpb",
    "970426": "msb",
    "970432": "vpb",
    "970436": "vcb",
    "970437": "hdb",
    "970441": "vib",
    "970443": "shb",
    "970448": "ocb",
}
"""How the redirect names the bank that receives, by BIN."""


@dataclass(frozen=True, slots=True)
class AppLink:
    """What the app is called, and the link that opens it."""

    name: str
    url: str


def links(payload: str, holder: str, back: str) -> tuple[AppLink, ...]:
    """The links for a VietQR text that asks for a sum; `back` is where an app may lead afterwards.

    Empty where the receiving bank has no name there (a demo account) or the text asks for no sum.
    """
    qr = vietqr.read(payload)
    if not isinstance(qr, VietQR) or qr.amount_vnd is None or qr.bin not in _SHORT:
        return ()
    asked = {
        "ba": f"{qr.account}@{_SHORT[qr.bin]}",
        "am": str(qr.amount_vnd),
        "tn": qr.purpose,
        "bn": holder,
        "url": back,
    }
    return tuple(
        AppLink(name, f"{_REDIRECT}?{urlencode({'app': app, **asked})}")
        for app, name in _APPS.items()
    )
