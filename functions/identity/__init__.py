"""Login and logout with e-ID: the only function that can start a session."""
