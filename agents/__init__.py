"""Players: scripted ones, language models and people."""

from typing import Final

# Another distribution also provides a package named `agents`; the command line looks for this mark.
AGON: Final = True
