"""Administration: units, staff and organisations, for administrators only; it opens no case."""
