"""The media server: how it is set up and how it is spoken to."""
