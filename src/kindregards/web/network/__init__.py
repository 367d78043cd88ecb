"""The people of one's network: contacts, where they come from, and what is new about them."""
