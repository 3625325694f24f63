"""The officer's desk of complaints: every seller's with its deadline, and a decision where one is due.

Refuses officers who work for the seller, decisions before the seller's time is over, and the buyer's
number to whoever is not the seller.
"""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from core import clock
from core.db import db
from core.errors import DomainError, NotFound
from core.http import steps
from core.http.current import current_login
from core.identity import officers, sellers
from core.identity.logins import Login
from shop.cases import case_bodies, case_facts, case_words
from shop.cases.case_facts import CaseFacts
from shop.cases.case_rules import ESCALATED
from shop.cases.opening import OFFICER
from shop.console.cases import page_facts, settling, write_words

blueprint = Blueprint("officer_cases", __name__, url_prefix="/officer/cases")


@blueprint.get("")
def cases_page() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        return redirect("/login?next=/officer/cases", steps.SEE_OTHER)
    officers.require(db.session(), login)
    cases = case_facts.for_officers(db.session())
    return render_template(
        "shop/officer_cases.html",
        cases=cases,
        names=sellers.facts_of(db.session(), [case.seller_id for case in cases]),
        late=sum(case.until_ms is not None and case.until_ms < clock.now_ms() for case in cases),
        words=case_words,
        base="/officer/cases",
    )


@blueprint.get("/<case>")
def case_page(case: str) -> ResponseReturnValue:
    return _page(_found(case)[1])


@blueprint.post("/<case>/say")
def say(case: str) -> ResponseReturnValue:
    login, found = _found(case)
    try:
        write_words(login, case, OFFICER)
    except DomainError as error:
        return _page(found, error), error.status
    return _back(case)


@blueprint.post("/<case>/settle")
def settle(case: str) -> ResponseReturnValue:
    login, found = _found(case)
    try:
        steps.take(login, settling(case, OFFICER, login), case_bodies.SettleForm)
    except DomainError as error:
        return _page(found, error), error.status
    return _back(case)


def _found(case: str) -> tuple[Login, CaseFacts]:
    """Who calls, and the case, if they are an officer who does not work for its seller.

    Raises:
        LoginRequired: nobody is signed in. NotFound: they hold no office, or work for the seller.
    """
    login = current_login()
    officers.require(db.session(), login)
    assert login is not None  # an officer is signed in
    found = case_facts.facts(db.session(), case)
    if login.works_for(found.seller_id):
        raise NotFound()
    return login, found


def _back(case: str) -> ResponseReturnValue:
    return redirect(f"/officer/cases/{case}", steps.SEE_OTHER)


def _page(found: CaseFacts, error: DomainError | None = None) -> str:
    return render_template(
        "shop/case_officer.html",
        base="/officer/cases",
        side=OFFICER,
        may_settle=found.state == ESCALATED,
        **page_facts(found, error),
    )
