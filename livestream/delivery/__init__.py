"""Sockets, and who hears what when. The only room that knows socket libraries.

It reads the log and tells it on; it decides nothing, and a viewer it loses catches up from the log.
"""
