"""Is this the same graph as that?"""
