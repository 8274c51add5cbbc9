"""Pure rules: what is true and what may be decided. Standard library only."""
