"""Meetings: what is offered when, which quarters of an hour they take, and what may happen to them."""
