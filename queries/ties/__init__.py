"""How do these two stand to each other, and who says so? And my own ties?"""
