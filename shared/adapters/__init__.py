"""One file per port and keeper: the only rooms that read or write anything outside the process."""
