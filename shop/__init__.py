"""Orders: what a buyer asked of one seller, at what whole price, and what became of it.

Carts, delivery quotes, checkout, the pay page, the front page and the seller's list of orders live here.
It refuses to keep quantities (that is `catalog.stock`) and to judge money (that is `payments`): it holds
stock under `order:CODE`, opens a payment under the same reference, and follows what it hears.

Rooms: `buying` (cart to pay page), `ordering` (an order's states, money and changes), `delivery` (ways, fees,
zones, slots, places), `staff` (orders typed in for a buyer), `packing`, `shipments` (parcels, handing over),
`cash` (purses, what carriers collected), `cases` (complaints), `notices`, `vouchers`, `reviews`, `morning`,
`figures` (orders as facts for reports), `customers` (the seller's book of buyers).

Doors: `orders` (place, facts, secure, lapse, expire_due, cancel), `ordering.orders_answer`,
`ordering.pricing`, `delivery.quote` ◦, `delivery.ways`, `buying.order_form`, `links`, `events`, `errors`,
`staff.staff_orders`, `vouchers.spending`, `vouchers.offering`, `reviews.reviews`, `reviews.follows`,
`figures.sold`, `figures.complaints`, `figures.sale_facts` ◦, `packing.drawing`.
"""
