"""What in a text is personal: one module per family, each with finders from a text to the places (spans) of one kind."""
