"""The pages of placement."""
