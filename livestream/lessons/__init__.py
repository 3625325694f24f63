"""Lessons: the live room without a sale, for a class in a village's culture house, with a practice shop.

Doors: `lessons` (make one), `practice` (its goods), `lesson_banner` (what every page of it says). Refuses
real goods, orders and money: practice goods have no listing and no stock row, and claims of them end with
the lesson.
"""
