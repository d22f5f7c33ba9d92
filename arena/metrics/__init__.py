"""What records say about players beside who won: pure functions from stored matches to numbers with intervals."""
