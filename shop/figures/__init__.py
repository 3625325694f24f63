"""Orders as facts for reports: what was sold, to where, from which communes, paid how, complained of or not.

Refuses to count: whoever reports folds these facts (`livestream/figures`); and to name buyers.
"""
