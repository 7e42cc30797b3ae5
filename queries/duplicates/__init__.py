"""Is this the same thing twice, or two efforts that could be one?"""
