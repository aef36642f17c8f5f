"""What moved between two cases: by which numbers, and on which evidence."""
