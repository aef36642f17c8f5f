"""Signed networks in the files of others: edge lists, GraphML and GEXF."""
