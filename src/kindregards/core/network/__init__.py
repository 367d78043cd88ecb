"""The people of a process and of an address book: who they are, and when a word is welcome."""
