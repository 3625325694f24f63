"""The HTTP edge shared by all packages: who calls, strict bodies, problems, page globals.

Refuses unknown fields, foreign origins and oversized bodies before a view runs; turns every typed error
into an RFC 9457 problem or a page, once. Doors: `api`, `fields`, `forms`, `current`, `origin`, `problems`.
"""
