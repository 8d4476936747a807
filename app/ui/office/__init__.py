"""The lead's boards: register, product card, people, equipment, programme."""
