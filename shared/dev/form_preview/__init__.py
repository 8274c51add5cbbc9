"""One form in a browser while it is being written: its pages, its mistakes with their lines, and nothing kept."""
