"""Letters that the person sends: what to write, and what not to."""
