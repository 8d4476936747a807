"""What can be done: one use case per action of a technician or a lead, and what they need."""
