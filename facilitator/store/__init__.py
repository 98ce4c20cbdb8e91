"""What is kept on the disk: the journal of a meeting, the workspace, drafts, what is private, and the archive."""
