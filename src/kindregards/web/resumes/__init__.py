"""Resumes as their owner sees them: versions, what is between them, what to look at."""
