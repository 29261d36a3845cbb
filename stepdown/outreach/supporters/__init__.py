"""Whom a patient lets see something by themself: given a link, known by a code, shown what was consented to."""
