"""The cooperative's morning: what is to be packed, what money came, what is short, what nears its day.

One page to open with the first tea. It reads and says where to go; it changes nothing.
"""
