"""VAT invoices buyers ask for: asked with a checked tax code, answered by the seller once, with who and when.

Doors: `asking` (the buyer), `answering` (the seller), `invoice_facts` (read). Refuses to make an invoice:
the seller issues it in their own e-invoice program, and its number and link are kept here.
"""
