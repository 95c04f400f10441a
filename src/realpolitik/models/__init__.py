"""How it works out: one file a model; arrays in, arrays out."""
