"""The developer's tools behind dev.py: standard library only, so that they run before anything is installed."""
