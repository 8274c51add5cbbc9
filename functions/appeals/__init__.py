"""Appeals by residents (FL 40-46 §§): a decision is appealed by its party, and nobody is turned away."""
