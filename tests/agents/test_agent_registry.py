from __future__ import annotations

from pathlib import Path

import pytest

from agents.base import Agent, Referee
from agents.registry import (
    AGENTS,
    BUILT_IN_AGENTS,
    BUILT_IN_REFEREES,
    REFEREES,
    build_agent,
    build_referee,
    describe,
    is_model,
    needs_mock,
)
from games.plugins import PluginError, Registry
from games.spec import SpecError

PLUGIN = '''
from agents.base import Agent, AgentParams, Decision

class Params(AgentParams):
    word: str = "yes"

class Parrot(Agent):
    """Says one word."""
    Params = Params
    async def decide(self, request):
        return Decision(self.params.word)

class NoAgent:
    pass
'''


@pytest.mark.parametrize("name", [name for name in BUILT_IN_AGENTS if name != "human"])
def test_built_in_agents_are_built_by_their_names(name: str) -> None:
    agent = build_agent(name)
    assert isinstance(agent, Agent)
    assert agent.scripted
    assert agent.spec == name


def test_the_stub_jury_is_a_referee() -> None:
    referee = build_referee('stub_jury(bias="tie")')
    assert isinstance(referee, Referee)
    assert referee.spec == 'stub_jury(bias="tie")'


def test_specs_become_canonical() -> None:
    assert build_agent(" mcts( exploration = 2 ,simulations=200)").spec == "mcts(exploration=2.0)"
    assert build_agent("mcts()").spec == "mcts"


def test_files_give_agents(tmp_path: Path) -> None:
    path = tmp_path / "parrot.py"
    path.write_text(PLUGIN)
    assert build_agent(f'{path}:Parrot(word="no")').spec == f'{path}:Parrot(word="no")'
    with pytest.raises(PluginError, match="not a subclass"):
        build_agent(f"{path}:NoAgent")


@pytest.mark.parametrize(
    ("spec", "error", "message"),
    [
        ("tit_for_tatt", PluginError, "did you mean tit_for_tat"),
        ("zzz", PluginError, "there are: "),
        ("mcts(sims=3)", SpecError, r"parameter sims: .*\(parameters: simulations, exploration\)"),
        ("mcts(simulations=0)", SpecError, "parameter simulations: .*greater than or equal to 1"),
        ("tit_for_tat(x=1)", SpecError, "parameters: none"),
        ("mcts(200)", SpecError, "keyword arguments only"),
        ("nowhere.py:Agent", PluginError, "there is no file"),
    ],
)
def test_mistakes_in_specs_are_explained(spec: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        build_agent(spec)


def test_an_agent_is_no_referee_and_a_referee_no_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AGENTS, "built_in", {"judge": BUILT_IN_REFEREES["stub_jury"]})
    with pytest.raises(PluginError, match="no agent: StubJury"):
        build_agent("judge")
    monkeypatch.setattr(REFEREES, "built_in", {"player": BUILT_IN_AGENTS["random"]})
    with pytest.raises(PluginError, match="no referee: Random"):
        build_referee("player")


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("openai/gpt-4.1", True),
        ("mock/careful", True),
        ("hosted_vllm/org/model@http://127.0.0.1:8000/v1", True),
        ("random", False),
        ("path/to/file.py:Agent", False),
    ],
)
def test_names_with_a_slash_are_models_unless_they_are_files(name: str, model: bool) -> None:
    assert is_model(name) is model


@pytest.mark.parametrize(
    ("spec", "needed"),
    [
        ("mock/careful", True),
        ("mock/careful(temperature=0)", True),
        ("mock/careful@http://127.0.0.1:1/v1", False),
        ("openai/gpt-4.1", False),
        ("random", False),
        ('jury(models=["openai/gpt-4.1", "mock/careful"])', True),
        ('jury(models=["openai/gpt-4.1"])', False),
    ],
)
def test_mock_models_without_an_address_need_the_mock_server(spec: str, needed: bool) -> None:
    assert needs_mock(spec) is needed


def test_models_are_built_with_their_own_parameters() -> None:
    assert build_agent("mock/careful(temperature=0)", mock_url="http://127.0.0.1:1/v1").spec == (
        "mock/careful(temperature=0.0)"
    )
    with pytest.raises(SpecError, match="temperatur"):
        build_agent("mock/careful(temperatur=0)", mock_url="http://127.0.0.1:1/v1")


def test_juries_are_built_of_models() -> None:
    jury = build_referee('jury(models=["mock/careful"])', mock_url="http://127.0.0.1:1/v1")
    assert jury.spec == 'jury(models=["mock/careful"])'
    with pytest.raises(SpecError, match=r"parameter modells: .*parameters: models"):
        build_referee('jury(modells=["mock/careful"])')


def test_listings_name_games_and_parameters() -> None:
    found = {row.name: row for row in describe()}
    assert found.keys() == BUILT_IN_AGENTS.keys()
    assert found["tit_for_tat"].plays == ("prisoners_dilemma",)
    assert found["minimax"].scope.startswith("two-player turn-based zero-sum games")
    assert found["random"].scope == found["human"].scope == "any game"
    (parameter,) = found["generous_tit_for_tat"].parameters
    assert (parameter.name, parameter.default) == ("generosity", 1 / 3)
    for row in [*found.values(), *describe(REFEREES)]:
        assert row.broken is None
        assert row.title
        assert all(parameter.description for parameter in row.parameters)


def test_a_broken_plugin_is_listed_as_broken() -> None:
    targets = {"good": BUILT_IN_AGENTS["random"], "gone": "nowhere:Agent", "odd": "agents.registry:AGENTS"}
    rows = {row.name: row for row in describe(Registry("agent", "none", targets))}
    assert rows["good"].broken is None
    assert "nowhere" in str(rows["gone"].broken)
    assert "not a subclass" in str(rows["odd"].broken)
