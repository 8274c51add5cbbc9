"""The front door: where to turn, how we work, the quick way out, and what every page needs from the server."""
