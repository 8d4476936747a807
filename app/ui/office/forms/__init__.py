"""The forms in which a lead changes people and equipment, each in place of its board."""
