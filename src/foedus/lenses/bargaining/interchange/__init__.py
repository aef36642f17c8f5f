"""Tables of actors in the files of others: plain tables, and the two forms of KTAB."""
