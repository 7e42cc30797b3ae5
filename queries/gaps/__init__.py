"""Where would effort matter most?"""
