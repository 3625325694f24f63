"""What buyers say of goods they got, and sellers they want to hear from again.

Doors: `reviews` (written after delivery only, answered, hidden, summed up), `follows`. Refuses stars from
anybody who did not get the goods, and words taken away by the seller they are about: only an officer hides
a review, with a reason that stays.
"""
