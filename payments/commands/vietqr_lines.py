"""`flask vietqr read` and `flask vietqr write`: the QR's text on the command line."""

import re

import click
from flask.cli import AppGroup

from core.client_ids import JsonObject
from payments.commands import lines
from payments.qr import vietqr
from payments.qr.emv import BadQR, Flaw
from payments.qr.vietqr import OtherEmv, Target, VietQR

vietqr_group = AppGroup("vietqr", help="Read and write the text of transfer QR codes.")

_WHOLE = re.compile(r"[0-9]{1,13}")
_WHAT_IS_WRITTEN = {
    Flaw.BANK: "--bin: six digits, for example 970403",
    Flaw.ACCOUNT: "--account: 1 to 19 letters and digits; a card's number has digits only",
    Flaw.AMOUNT: "--amount: whole đồng in plain digits, 1 to 499999999",
}
_OF_VIETQR = ("method", "bin", "account", "amount_vnd", "purpose")
_METHODS = {Target.ACCOUNT: "account", Target.CARD: "card"}


@vietqr_group.command("read")
def _read() -> None:
    """Read QR texts, one a line; answer each with one JSON object, also those that are refused."""
    for line in lines.given():
        lines.answer(_answer(line))


@vietqr_group.command("write")
@click.option("--bin", "bank", required=True, help="The bank's six digits.")
@click.option("--account", required=True, help="Account or card number, 1 to 19 characters.")
@click.option("--amount", help="Whole đồng, 1 to 499999999; without it the payer types the sum.")
@click.option(
    "--note",
    type=lines.WORDS,
    default="",
    help="What the transfer says; marks go, 25 letters stay.",
)
@click.option("--card", is_flag=True, help="The number is a card's.")
def _write(bank: str, account: str, amount: str | None, note: str, card: bool) -> None:
    """Write the text of a transfer QR: for one use if it has an amount, else for many."""
    qr = VietQR(
        bin=bank,
        account=account,
        amount_vnd=None if amount is None else _amount(amount),
        purpose=vietqr.purpose(note),
        target=Target.CARD if card else Target.ACCOUNT,
        dynamic=amount is not None,
    )
    try:
        click.echo(vietqr.write(qr))
    except BadQR as error:
        raise click.UsageError(_WHAT_IS_WRITTEN[error.flaw]) from error


def _amount(written: str) -> int:
    if not _WHOLE.fullmatch(written):
        raise click.UsageError(_WHAT_IS_WRITTEN[Flaw.AMOUNT])
    return int(written)


def _answer(line: str | None) -> JsonObject:
    try:
        if line is None:
            raise BadQR(Flaw.CHARACTERS)
        found = vietqr.read(line)
        return _told(found) | {"fields": dict(vietqr.fields_of(line))}
    except BadQR as error:
        return {"ok": False, "code": error.flaw.value, "message": error.text()}


def _told(found: VietQR | OtherEmv) -> JsonObject:
    told: JsonObject = {"ok": True, "kind": "other_emv", "initiation": _initiation(found)}
    if isinstance(found, OtherEmv):
        return told | dict.fromkeys(_OF_VIETQR)
    of_vietqr = (
        _METHODS[found.target],
        found.bin,
        found.account,
        found.amount_vnd,
        found.purpose or None,
    )
    return told | {"kind": "vietqr"} | dict(zip(_OF_VIETQR, of_vietqr, strict=True))


def _initiation(found: VietQR | OtherEmv) -> str:
    return "dynamic" if found.dynamic else "static"
