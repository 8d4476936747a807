"""A bench that is made for the first time: what is made, and where its key is to lie."""
