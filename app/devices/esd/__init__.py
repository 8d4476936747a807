"""What ESD testers write, by line profiles."""
