"""After stability: ways from the status quo, witnesses, inverse counts, breaking changes."""
