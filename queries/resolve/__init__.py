"""Which one is meant?"""
