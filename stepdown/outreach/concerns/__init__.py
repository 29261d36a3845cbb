"""Somebody outside is worried about somebody: one way in, and nothing back that tells whether we know whom."""
