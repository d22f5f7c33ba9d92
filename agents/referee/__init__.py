"""Outside authorities: juries."""
