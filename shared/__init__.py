"""Everything the functions share: rules, ports, keepers and the web kit."""
