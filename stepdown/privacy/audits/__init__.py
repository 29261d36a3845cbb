"""What who audits or evaluates the program sees: their audits, and the records that each is about."""
