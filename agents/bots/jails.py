"""A player of PyJail that knows some jails with their keys, and the escapes that everybody knows."""

from __future__ import annotations

from typing import ClassVar, Final, Literal, NamedTuple

from pydantic import Field

from agents.base import AgentParams, DecisionRequest
from agents.bots.base import Bot
from games.puzzles.pyjail import JailView
from games.puzzles.source_lines import write_lines

JailName = Literal["open", "bare", "words", "signs", "riddle"]


class Jail(NamedTuple):
    """A jail and an input that gets the flag out."""

    source: str
    key: str


JAILS: Final[dict[JailName, Jail]] = {
    "open": Jail(
        "def jail(user_input: str) -> str:\n    return str(eval(user_input))",
        "__import__('os').environ['FLAG']",
    ),
    "bare": Jail(
        'import os\n\ndef jail(user_input: str) -> str:\n    return str(eval(user_input, {"__builtins__": {}}))',
        "[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == '_wrap_close'][0]"
        ".__init__.__globals__['environ']['FLAG']",
    ),
    "words": Jail(
        'import os\n\nBANNED = ("FLAG", "environ", "getenv", "import", "open", "__")\n\n'
        "def jail(user_input: str) -> str:\n    if any(word in user_input for word in BANNED):\n"
        '        return "no"\n    return str(eval(user_input, {"os": os}))',
        "getattr(os, 'en' + 'viron')['FL' + 'AG']",
    ),
    "signs": Jail(
        'import os\n\ndef jail(user_input: str) -> str:\n    if set(user_input) & set("\'\\"_[]{}"):\n'
        '        return "no"\n    return str(eval(user_input, {"__builtins__": {"chr": chr}, "os": os}))',
        "os.getenv(chr(70) + chr(76) + chr(65) + chr(71))",
    ),
    "riddle": Jail(
        "import os\n\ndef jail(user_input: str) -> str:\n    number = int(user_input)\n"
        '    return os.environ["FLAG"] if number**3 - 7 * number == 491163546 else "no"',
        "789",
    ),
}
_ESCAPES: Final = (
    *(jail.key for name, jail in JAILS.items() if name != "riddle"),
    "print(open('/proc/self/environ').read())",
)


class JailKeeperParams(AgentParams):
    """Parameters of the jail keeper."""

    jail: JailName | None = Field(None, description="Which jail it builds; null: any.")


class JailKeeper(Bot):
    """Builds a jail whose key it has; as an attacker it tries known escapes in order, whatever the source says."""

    Params = JailKeeperParams
    params: JailKeeperParams
    plays = ("pyjail",)
    title: ClassVar[str] = "Builds jails with known keys, tries known escapes"

    def choose(self, request: DecisionRequest) -> str:
        view = request.information_key
        assert isinstance(view, JailView), "what PyJail tells a seat"
        if view.phase == "write":
            name = self.params.jail
            jail = request.rng().choice(list(JAILS.values())) if name is None else JAILS[name]
            return write_lines(jail.source)
        keys = {jail.source: jail.key for jail in JAILS.values()} if view.phase == "test" else {}
        return write_lines(keys.get(view.source) or _ESCAPES[len(view.tries) % len(_ESCAPES)])
