"""Which ties are under strain, and which realignment would relax them?"""
