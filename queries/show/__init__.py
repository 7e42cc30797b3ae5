"""What is known of this, and who says it?"""
