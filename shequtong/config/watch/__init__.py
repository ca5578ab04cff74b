"""Being watched (运行监视): is it alive, is it ready, how much does it do, and what does it say of it."""
