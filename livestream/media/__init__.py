"""The embedded video engine: chunks of a phone's recorder in; fragmented MP4, LL-HLS and plain HLS out.

It runs as a process of its own, so that pages never wait for video, and speaks to the web process only
through `livestream.video.live_engine` and signed news, as a foreign engine would (docs/algorithms/video.md).
Pure: `boxes` (ISO BMFF boxes of a stream), `fragments` (what a box says of time and key frames),
`timeline` (parts and segments, numbered), `playlists` (their text).
"""
