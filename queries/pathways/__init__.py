"""Who can connect me?"""
