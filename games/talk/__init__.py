"""Games of argument, judged by a referee."""
