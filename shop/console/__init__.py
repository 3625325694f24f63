"""Pages of a seller's staff about orders and their way to the buyer; one module for each page.

Edges: they read forms, call services in one write, and show; rules live in the rooms beside.
"""
