"""What must always be true of frozen reports, for `flask fsck`; nothing is repaired here."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.fsck import check
from livestream.figures import reports
from livestream.figures.models import FrozenReport


@check("live.reports_stand")
def reports_stand(session: Session) -> Iterable[str]:
    """A frozen report is what it was when it was frozen, and its parts sum to what was paid for."""
    for row in session.scalars(select(FrozenReport).order_by(FrozenReport.id)):
        where = f"report {row.id} of {row.kind} {row.about}"
        if hashlib.sha256(row.body.encode()).hexdigest() != row.digest:
            yield f"{where}: not what was frozen"
            continue
        report = reports.load(row.body)
        for key, parts in report.groups.items():
            if sum(part.vnd for part in parts) != report.values["paid_vnd"]:
                yield f"{where}: {key} does not sum to what was paid for"
