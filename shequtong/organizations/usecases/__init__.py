"""What can be done to agencies, stations and precinct offices; one verb a file."""
