"""The argument lens: which hypothesis does the evidence favour, and which items decide?"""
