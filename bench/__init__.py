"""What Stepdown claims about speed and scale, runnable: `make bench` (ONLY=pages or ONLY=rooms, PATIENTS=10000)."""
