"""What can be done to the territory; one verb a file."""
