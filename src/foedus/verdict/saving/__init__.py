"""An analysis as a table and as a file of its own, and made again."""
