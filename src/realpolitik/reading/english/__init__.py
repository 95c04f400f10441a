"""English for the rules: the parser, passages made ready for it, and the parse as plain lists."""
