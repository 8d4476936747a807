"""What is true: identifiers, barcodes, products, policy, ESD limits, repairs, people, the journal and its folds. Pure."""
