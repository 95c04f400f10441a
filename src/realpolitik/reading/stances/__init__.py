"""Who is for or against what: words that take a side, whose side it is, and in which mood."""
