"""Where do I fit?"""
