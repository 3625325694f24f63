"""Tables of the catalogue. Quantities are integers in base units, amounts đồng, times UTC ms.

Days (harvest, best-before, validity) are calendar days of the market's time zone (`core.clock`).
"""

from catalog.models.files import ImportFile, ImportRow
from catalog.models.goods import (
    ComboPart,
    Listing,
    ListingDraft,
    ListingPrice,
    ListingTier,
    Product,
    ProductUnit,
)
from catalog.models.growers import Certificate, Household, Member, Plot
from catalog.models.lots import Forecast, ForecastCut, IntakeSlip, Lot, LotNote, LotParent, Run
from catalog.models.market import FreshnessRule, MarketPrice, SoldPrice
from catalog.models.photos import Photo
from catalog.models.search import SearchRow, SearchTerm
from catalog.models.stock import (
    Allotment,
    LotBinding,
    LotStock,
    Movement,
    Stock,
    StockHold,
    StockPoint,
)

__all__ = [
    "Allotment",
    "Certificate",
    "ComboPart",
    "Forecast",
    "ForecastCut",
    "FreshnessRule",
    "Household",
    "ImportFile",
    "ImportRow",
    "IntakeSlip",
    "Listing",
    "ListingDraft",
    "ListingPrice",
    "ListingTier",
    "Lot",
    "LotBinding",
    "LotNote",
    "LotParent",
    "LotStock",
    "MarketPrice",
    "Member",
    "Movement",
    "Photo",
    "Plot",
    "Product",
    "ProductUnit",
    "Run",
    "SearchRow",
    "SearchTerm",
    "SoldPrice",
    "Stock",
    "StockHold",
    "StockPoint",
]
