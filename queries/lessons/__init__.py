"""What was learnt, by whoever did this before?"""
