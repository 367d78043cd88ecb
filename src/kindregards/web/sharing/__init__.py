"""What a reader without an account sees: one review, and nothing else of the program."""
