"""Records as tables, pages and files."""
