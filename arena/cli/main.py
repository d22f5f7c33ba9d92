"""The `arena` command: subcommands by name, each loaded when it is called."""

from __future__ import annotations

import os
import sys
from typing import Any, Final

import typer
from typer.core import TyperGroup

from arena.cli.options import INTERRUPTED
from games.plugins import BUILT_IN, PluginError, Registry, load_target

COMMANDS: Final = {
    "agents": "arena.cli.agents:agents",
    "check": "arena.cli.check:check",
    "compare": "arena.cli.compare:compare",
    "evolve": "arena.cli.evolve:evolve",
    "games": "arena.cli.games:games",
    "metrics": "arena.cli.metrics:metrics",
    "new-game": "arena.cli.new_game:new_game",
    "plan": "arena.cli.plan:plan",
    "play": "arena.cli.play:play",
    "playthrough": "arena.cli.playthrough:playthrough",
    "run": "arena.cli.run:run",
    "show": "arena.cli.show:show",
    "study": "arena.cli.study:study",
    "verify": "arena.cli.verify:verify",
}

REGISTRY: Final = Registry("command", "arena.commands", COMMANDS)

_EXIT_USAGE: Final = 2


class _LazyGroup(TyperGroup):
    """A group whose commands come from a table and from installed packages, imported when needed."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, target in sorted(_targets().items()) if _loads(name, target)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        target = _targets().get(cmd_name)
        return None if target is None else _command(cmd_name, target)


app = typer.Typer(
    cls=_LazyGroup, add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)


@app.callback()
def _arena() -> None:
    """Play games between language models, bots and people, and see who is how good.

    Start with `arena games`, `arena agents`, then:
    arena run --game kuhn_poker --agent random --agent equilibrium --repeats 20 --out results/first
    """


def main() -> None:
    """Run the command line; every error that a person can mend is one line on standard error."""
    from arena.errors import ArenaError
    from games.spec import SpecError

    _check_packages()
    try:
        app(prog_name="arena")
    except (ArenaError, PluginError, SpecError) as error:
        _fail(str(error), _EXIT_USAGE)
    except KeyboardInterrupt:
        _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(name: str, target: str) -> Any:
    """The command that a target defines.

    Raises:
        PluginError: it cannot be imported.
    """
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    try:
        single.command(name)(load_target(target))  # type: ignore[type-var]  # checked by typer itself
    except Exception as error:
        raise PluginError(f"the command {name!r} ({target}) is broken: {error}") from error
    return typer.main.get_command(single)


def _loads(name: str, target: str) -> bool:
    """Whether a command can be listed; a broken one is named on standard error and breaks no other."""
    try:
        _command(name, target)
    except PluginError as error:
        sys.stderr.write(f"arena: {error}\n")
        return False
    return True


def _targets() -> dict[str, str]:
    """Where each command leads: built-in ones first, then those of installed packages, none overriding another."""
    found: dict[str, str] = {}
    for entry in REGISTRY.entries():
        found.setdefault(entry.name, entry.target)
    return found


def _check_packages() -> None:
    """Stop when `agents`, a name that another distribution uses too, is not ours."""
    import agents

    if not hasattr(agents, "AGON"):
        _fail(
            f"the package `agents` that Python finds ({agents.__file__}) is not {BUILT_IN}'s; another distribution "
            "uses the same name. Install agon in an environment of its own.",
            _EXIT_USAGE,
        )


def _fail(message: str, status: int) -> None:
    sys.stderr.write(f"arena: {message}\n")
    raise SystemExit(status)
