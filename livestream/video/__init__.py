"""Video as the market knows it: which engine, what a session's stream is, who may send, what rooms hear.

Everything goes through `live_engine.LiveEngine`; the embedded engine (`livestream.media`, a process of its
own) is its first adapter. The sale never depends on any of it.
"""
