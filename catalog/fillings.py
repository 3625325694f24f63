"""What the catalogue puts into the frame of every page: its tabs, prices of the week, the ranking."""

from flask import render_template
from markupsafe import Markup

from core import desk_tabs, slots
from core.desk_tabs import Tab
from core.errors import N_


def fill() -> None:
    """Take the catalogue's places, on every page and on the desk."""
    slots.fill("foot.links", foot_links)
    desk_tabs.add(
        Tab(50, "goods", icon="tags", words=N_("Món bán")),
        Tab(60, "lots", icon="package-open", words=N_("Lô hàng")),
        Tab(70, "stock", icon="warehouse", words=N_("Kho")),
        Tab(100, "members", icon="users", words=N_("Xã viên")),
        Tab(110, "certificates", icon="award", words=N_("Giấy tờ")),
        Tab(130, "files", icon="file-spreadsheet", words=N_("Nhập, xuất")),
    )


def foot_links() -> Markup:
    """Links for the foot of each page."""
    return Markup(render_template("catalog/foot_links.html"))
