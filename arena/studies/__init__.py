"""Published protocols, each a configuration and a report."""
