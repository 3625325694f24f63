"""Links that open a bank's app with the transfer filled in."""

from urllib.parse import parse_qs, urlsplit

from payments.qr import bank_apps, vietqr
from payments.qr.banks import DEMO_BIN
from payments.qr.vietqr import VietQR

BACK = "https://cho.example"


def asked(bin_: str = "970436", amount_vnd: int | None = 582_000) -> str:
    return vietqr.write(VietQR(bin_, "0071000123456", amount_vnd, "CPX7K3M9Q2"))


def test_each_link_asks_for_what_the_code_asks() -> None:
    links = bank_apps.links(asked(), "HTX CHE", BACK)
    assert [link.name for link in links] == ["MB", "VietinBank", "BIDV", "ACB", "OCB"]
    for link in links:
        said = {name: values[0] for name, values in parse_qs(urlsplit(link.url).query).items()}
        assert said.pop("app") in {"mb", "icb", "bidv", "acb", "ocb"}
        assert said == {
            "ba": "0071000123456@vcb",
            "am": "582000",
            "tn": "CPX7K3M9Q2",
            "bn": "HTX CHE",
            "url": BACK,
        }


def test_without_a_named_bank_or_a_sum_there_is_none() -> None:
    assert bank_apps.links(asked(DEMO_BIN), "HTX CHE", BACK) == ()
    assert bank_apps.links(asked(amount_vnd=None), "HTX CHE", BACK) == ()
