"""Resumes as files: bytes of a PDF, DOCX, ODT, text or JSON Resume to what they say."""
