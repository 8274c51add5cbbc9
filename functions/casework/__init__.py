"""Casework: the queue, the case and the decisions, for staff only."""
