"""What an analyst writes: the nouns of a contest."""
