"""Only at stage demo: the test e-ID, its made-up people, and what shows them at work."""
