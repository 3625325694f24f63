"""The packing desk: what to put into which box today, from which lots, weighed, and on paper.

A packer sees one order at a time with the lots to reach for (first expired, first out), ticks, weighs, says
what is short, and goes on; without a network too. It refuses to move an order by itself (`shop.ordering`
does), to decide which lots may be sold (`catalog.stock`) and to print prices: a slip attests goods and lots.

Doors: `board` (what there is to do), `packing` (begin, pack, put aside, open again), `papers` (labels and
slips), `suggesting` ◦, `pick_lists`.
"""
