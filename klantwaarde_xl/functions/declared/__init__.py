"""The declarations of all functions, a folder per group that users see."""
