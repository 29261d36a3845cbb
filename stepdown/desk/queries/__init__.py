"""What the screens that join stages show, each in a known number of queries."""
