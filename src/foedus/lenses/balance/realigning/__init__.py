"""What it costs to stand elsewhere: alone, with others, or apart from the pact."""
