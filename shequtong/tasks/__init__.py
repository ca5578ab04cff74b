"""Tasks (任务): long work that a person asked for and waits for: an export, an import, a PDF. Never inside a request."""
