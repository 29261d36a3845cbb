"""The demo center: one seeded program that reads like a real week."""
