"""The live process: one WebSocket for each browser in a room, one for the media server's events."""
