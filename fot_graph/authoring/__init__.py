"""Help for those who write claims: the passage that a quote may mean, put in where that is certain.

For the command line.
"""
