"""Resumes: what a document says, what two versions of it have in common, what to look at in it."""
