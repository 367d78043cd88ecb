"""Private writing: opt-in, timed, locked or thrown away, and seen by nothing else here (R14)."""
