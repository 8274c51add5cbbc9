"""Meetings that a resident books, moves and cancels."""
