"""A person's own file."""
