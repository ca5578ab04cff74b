"""Pages of the desk that show several areas."""
