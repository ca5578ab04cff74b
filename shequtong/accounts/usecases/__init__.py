"""What may be done with accounts: signing in and out, passwords, sessions, and the accounts of staff."""
