"""What is kept on the disk: the journal of a meeting, the workspace, half-typed texts, what is private, and the archive."""
