"""What is true: identifiers, products, policy, ESD, repairs, the journal and its folds. Pure."""
