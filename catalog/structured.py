"""A listing in the words of schema.org, for search engines and shops that compare.

Source: schema.org/Product, Google's merchant listing guide; prices are whole đồng.
"""

from collections.abc import Mapping, Sequence

from catalog.cards import price_per, unit_of
from catalog.certificates import CertificateFacts
from catalog.listings import ListingFacts
from catalog.product_page import ProductPage

_PAPERS = {"ocop": "OCOP", "vietgap": "VietGAP", "organic": "Hữu cơ", "gi": "Chỉ dẫn địa lý"}
"""What papers without a name of their own are called."""

_UNITS = {"kg": "KGM", "lít": "LTR"}
"""UN/CEFACT codes of what a price is per."""

Json = str | int | Mapping[str, "Json"] | Sequence["Json"]


def product(page: ProductPage, base_url: str, picture_url: str) -> dict[str, Json]:
    """The JSON-LD of a product page; `base_url` is the market's address, `picture_url` a whole one."""
    item, seller = page.listing, page.seller
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": f"{item.name}, {unit_of(item)}",
        "description": item.story or item.name,
        "sku": item.id,
        "image": [base_url + photo.url(1280) for photo in page.photos] or [picture_url],
        "url": f"{base_url}/products/{item.id}",
        "brand": {"@type": "Brand", "name": page.brand or seller.name},
        "countryOfOrigin": {"@type": "Country", "name": "VN"},
        "offers": {
            "@type": "Offer",
            "url": f"{base_url}/products/{item.id}",
            "price": item.price_vnd,
            "priceCurrency": "VND",
            "priceSpecification": _price(item),
            "availability": f"https://schema.org/{_availability(page)}",
            "itemCondition": "https://schema.org/NewCondition",
            "seller": {
                "@type": "Organization",
                "name": seller.name,
                "url": f"{base_url}/sellers/{seller.id}",
                "telephone": seller.phone,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": seller.address,
                    "addressLocality": seller.commune,
                    "addressRegion": "Thái Nguyên",
                    "addressCountry": "VN",
                },
            },
        },
        "hasCertification": [
            {
                "@type": "Certification",
                "name": _paper(paper),
                "certificationIdentification": paper.number,
                "issuedBy": {"@type": "Organization", "name": paper.issuer},
                "validFrom": paper.valid_from.isoformat(),
                **({"expires": paper.valid_until.isoformat()} if paper.valid_until else {}),
            }
            for paper in page.papers
        ],
    }


def _paper(paper: CertificateFacts) -> str:
    name = paper.name or _PAPERS.get(paper.kind, paper.kind)
    return f"{name} {paper.stars} sao" if paper.stars else name


def _price(item: ListingFacts) -> dict[str, Json]:
    per_vnd, per = price_per(item)
    said: dict[str, Json] = {
        "@type": "UnitPriceSpecification",
        "price": per_vnd or item.price_vnd,
        "priceCurrency": "VND",
    }
    quantity: dict[str, Json] = {"@type": "QuantitativeValue", "value": 1}
    unit = _UNITS.get(per)
    return {**said, "referenceQuantity": {**quantity, **({"unitCode": unit} if unit else {})}}


def _availability(page: ProductPage) -> str:
    item = page.listing
    if not item.on_sale:
        return "Discontinued"
    if page.ahead:
        return "PreOrder"
    return "InStock" if item.available_packs else "OutOfStock"
