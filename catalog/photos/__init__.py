"""Photos of products, lots and certificates: taken with a phone, shown small, without where they were taken.

A request only looks at the first bytes, stores what was sent and answers (`intake`); a limited process
makes the copies later (`develop`, `darkroom`). What was sent is never shown to anybody and goes as soon
as its copies are there. Refuses what is no picture, what unpacks to more than a phone takes, and to
decode anything in the process that sells. Doors: the names below, `intake`, `sending`, `errors`.
"""

from catalog.photos.album import (
    SentPhoto,
    add,
    add_evidence,
    adopt,
    find,
    keep_for,
    of_products,
    of_subject,
    of_subjects,
    remove,
    reorder,
    restore,
    retry,
)
from catalog.photos.facts import MOST_OF_ONE, PhotoFacts, Subject, draft

__all__ = [
    "MOST_OF_ONE",
    "PhotoFacts",
    "SentPhoto",
    "Subject",
    "add",
    "add_evidence",
    "adopt",
    "draft",
    "find",
    "keep_for",
    "of_products",
    "of_subject",
    "of_subjects",
    "remove",
    "reorder",
    "restore",
    "retry",
]
