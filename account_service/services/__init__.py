"""What the service does: one module for each thing that a bench or an operator may ask."""
