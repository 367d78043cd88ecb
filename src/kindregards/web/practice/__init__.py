"""Practice: the questions, attempts at them, and the stories that answer them."""
