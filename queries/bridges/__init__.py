"""What holds this field together?"""
