"""Notices: what people are told of what happened, once, by the road that reaches them, with its fate kept.

The ladder: a page that is open (the notice waits a little to be seen), e-mail, Zalo's notices (ZNS), SMS,
and last somebody of the seller's who calls. Refuses to tell anything twice, at night, or by a road that was
not set up. Doors: `telling` (make one), `ladder` (send what is due), `notice_facts` (read), `call_desk`.
`money_news`, `account_news` and `reactions` hear what is to be told.
"""
