"""Two readings of one source: when a second one is needed, and what both together say."""
