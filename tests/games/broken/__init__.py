"""Games with one deliberate fault each, to prove that the checks can fail, and the sound games they are made from."""
