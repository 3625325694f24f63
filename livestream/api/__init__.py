"""The room's JSON edge: `room` for everybody, `host` for those who run the show."""
