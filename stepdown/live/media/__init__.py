"""The media server: what the room asks of it (interface.py), and the one that answers today (janus.py)."""
