"""One repair in hand: steps, parts, timeline."""
