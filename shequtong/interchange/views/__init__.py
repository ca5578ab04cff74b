"""What others ask of us, and the pages of who may."""
