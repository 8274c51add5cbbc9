"""What functions that serve a declared form have in common: its pages, its files, and what is made of them."""
