"""What a message is about: by keywords of the categories and combinations of words."""
