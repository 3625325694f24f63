"""The sale day's report: what a session, or a campaign of several sellers, brought; frozen after a week.

`fold` counts, `definitions` says beside each figure what it is; page, CSV and PDF read both. Refuses to show
one seller another's figures, unless that one lets the campaign's seller count them (ADR 0030).
"""
