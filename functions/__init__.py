"""Independent HTTP functions: one folder is one deployable e-service."""
