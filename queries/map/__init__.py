"""What does the field look like? Everybody as a dot, every tie as a line, near who is tied."""
