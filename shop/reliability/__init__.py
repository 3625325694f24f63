"""Reliability: who did not come for what they ordered from one seller, and the deposit that seller asks then.

Facts of one seller and one buyer, seen by the two of them alone: never by another seller, never on a shared
screen. Each is told in plain words, may be answered ("tôi có lý do"), may be forgiven, and is deleted after
180 days. Doors: `noting` (facts come and go), `standing` (what is asked of whom), `deposit_settings`,
`appeals`, `reliability_rules` ◦. Refuses scores: there are facts and one rule, nothing is added up.
"""
