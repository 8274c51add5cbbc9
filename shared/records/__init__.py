"""The one door to case data: the principal comes first, everything is sealed, audited and written at once."""
