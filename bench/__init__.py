"""What Stepdown claims about speed and scale, runnable: `make bench` (ONLY=pages or ONLY=room, PATIENTS=10000)."""
