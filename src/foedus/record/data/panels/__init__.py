"""The panels of the record, made from raw tables."""
