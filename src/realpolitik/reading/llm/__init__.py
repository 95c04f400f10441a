"""A language model as second reader: it proposes words, code finds them in the text or rejects them."""
