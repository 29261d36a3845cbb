"""People who walk through the product, each with a browser of their own: what they press, and what they read."""
