"""A campaign's public page, and the way from one of its sessions to the next."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from core.db import db
from core.http import steps
from livestream.together import campaign_page, campaigns

blueprint = Blueprint("live_campaign", __name__, template_folder="../templates")


@blueprint.get("/campaigns/<campaign_id>")
def page(campaign_id: str) -> ResponseReturnValue:
    shown = campaign_page.page(db.session(), campaign_id)
    return render_template("livestream/campaign.html", page_name="live", page=shown)


@blueprint.get("/campaigns/<campaign_id>/next")
def go_on(campaign_id: str) -> ResponseReturnValue:
    """Lead a viewer of the session `after` to what runs or comes next, else to the campaign's page."""
    campaigns.facts(db.session(), campaign_id)
    after = request.args.get("after", "")[:32]
    found = campaigns.next_show(db.session(), campaign_id, after)
    return redirect(f"/live/{found.id}" if found else f"/campaigns/{campaign_id}", steps.SEE_OTHER)
