"""Will this alliance hold? Why, what would break it, who leaves first, and on which evidence?"""

__version__ = "0.1.0"
