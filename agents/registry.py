"""Names to agents and referees: `build_agent("mcts(simulations=500)")`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from pydantic import ValidationError

from agents.base import Agent, Participant, Referee
from agents.llm.families import family
from games.plugins import BUILT_IN, Entry, PluginError, Registry
from games.spec import Spec, parse_spec, refused

BUILT_IN_AGENTS: Final = {
    "adaptive_tit_for_tat": "agents.bots.dilemma.tit_for_tat:AdaptiveTitForTat",
    "adviser": "agents.bots.theorist:Adviser",
    "allocator": "agents.bots.rationality:Allocator",
    "alphabetical_label": "agents.bots.focal:AlphabeticalLabel",
    "alternator": "agents.bots.dilemma.fixed:Alternator",
    "antisocial_punisher": "agents.bots.punishers:AntisocialPunisher",
    "assurance_optimist": "agents.bots.assurance:AssuranceOptimist",
    "assurance_pessimist": "agents.bots.assurance:AssurancePessimist",
    "backward_inductor": "agents.bots.depth:BackwardInductor",
    "bayesian_trader": "agents.bots.persuasion:BayesianTrader",
    "bottom_hat": "agents.bots.hats:BottomHat",
    "calculator": "agents.bots.calculation:Calculator",
    "chain_boxes": "agents.bots.boards.dots_and_boxes:ChainBoxes",
    "champion": "agents.bots.dilemma.counting:Champion",
    "circuit_hex": "agents.bots.boards.hex:CircuitHex",
    "cobb_douglas": "agents.bots.budgets:CobbDouglas",
    "committer": "agents.bots.commitment:Committer",
    "concession_bargainer": "agents.bots.bargaining:ConcessionBargainer",
    "conditional_cooperator": "agents.bots.public_goods:ConditionalCooperator",
    "conditional_harvester": "agents.bots.harvesters:ConditionalHarvester",
    "cooperative_passer": "agents.bots.depth:CooperativePasser",
    "cooperator": "agents.bots.dilemma.fixed:Cooperator",
    "copier": "agents.bots.patterns:Copier",
    "counterer": "agents.bots.patterns:Counterer",
    "coup_honest": "agents.bots.courtiers:CoupHonest",
    "coup_liar": "agents.bots.courtiers:CoupLiar",
    "coup_rules": "agents.bots.courtiers:CoupRules",
    "cycler": "agents.bots.dilemma.fixed:Cycler",
    "davis": "agents.bots.dilemma.first_tournament:Davis",
    "defect_once": "agents.bots.dilemma.fixed:DefectOnce",
    "defector": "agents.bots.dilemma.fixed:Defector",
    "detective": "agents.bots.dilemma.probing:Detective",
    "deterred_rider": "agents.bots.punishers:DeterredRider",
    "dice_counter": "agents.bots.dice:DiceCounter",
    "difference_splitter": "agents.bots.bargaining:DifferenceSplitter",
    "divider": "agents.bots.giving:Divider",
    "double_bluffer": "agents.bots.deceivers:DoubleBluffer",
    "downing": "agents.bots.dilemma.first_tournament:Downing",
    "eatherley": "agents.bots.dilemma.counting:Eatherley",
    "encouraging_critic": "agents.bots.critics:EncouragingCritic",
    "equilibrium": "agents.bots.equilibrium:Equilibrium",
    "equilibrium_contributor": "agents.bots.sequential_goods:EquilibriumContributor",
    "equilibrium_solver": "agents.bots.quiz:EquilibriumSolver",
    "extortioner": "agents.bots.dilemma.memory_one:Extortioner",
    "fair_bargainer": "agents.bots.alternating_offers:FairBargainer",
    "fair_splitter": "agents.bots.bargaining:FairSplitter",
    "fair_trader": "agents.bots.trading:FairTrader",
    "feld": "agents.bots.dilemma.first_tournament:Feld",
    "fermi_imitator": "agents.bots.common_pool:FermiImitator",
    "firm_but_fair": "agents.bots.dilemma.memory_one:FirmButFair",
    "first_label": "agents.bots.focal:FirstLabel",
    "first_legal": "agents.bots.anywhere:FirstLegal",
    "foraging_snake": "agents.bots.boards.snake:ForagingSnake",
    "forward_looker": "agents.bots.theorist:ForwardLooker",
    "free_rider": "agents.bots.public_goods:FreeRider",
    "full_effort": "agents.bots.common_pool:FullEffort",
    "full_harvester": "agents.bots.harvesters:FullHarvester",
    "generous_tit_for_tat": "agents.bots.dilemma.tit_for_tat:GenerousTitForTat",
    "generous_zero_determinant": "agents.bots.dilemma.memory_one:GenerousZeroDeterminant",
    "graaskamp": "agents.bots.dilemma.first_tournament:Graaskamp",
    "gradual": "agents.bots.dilemma.punishment:Gradual",
    "greedy_harvester": "agents.bots.harvesters:GreedyHarvester",
    "greedy_planner": "agents.bots.planners.players:GreedyPlanner",
    "greedy_trader": "agents.bots.trading:GreedyTrader",
    "grim": "agents.bots.dilemma.punishment:Grim",
    "grofman": "agents.bots.dilemma.memory_one:Grofman",
    "group_defector": "agents.bots.group_dilemma:GroupDefector",
    "group_equilibrium": "agents.bots.group_games:GroupEquilibrium",
    "group_tit_for_tat": "agents.bots.group_dilemma:GroupTitForTat",
    "handshake": "agents.bots.dilemma.probing:Handshake",
    "hard_bargainer": "agents.bots.alternating_offers:HardBargainer",
    "hard_haggler": "agents.bots.bargaining:HardHaggler",
    "hard_majority": "agents.bots.dilemma.counting:HardMajority",
    "hard_prober": "agents.bots.dilemma.probing:HardProber",
    "hard_tit_for_tat": "agents.bots.dilemma.tit_for_tat:HardTitForTat",
    "hard_tit_for_two_tats": "agents.bots.dilemma.tit_for_tat:HardTitForTwoTats",
    "hat_planner": "agents.bots.hats:HatPlanner",
    "hold_at": "agents.bots.races:HoldAt",
    "holdem_rules": "agents.bots.holdem:HoldemRules",
    "honest_trader": "agents.bots.persuasion:HonestTrader",
    "human": "agents.human:Human",
    "jail_keeper": "agents.bots.jails:JailKeeper",
    "joss": "agents.bots.dilemma.memory_one:Joss",
    "learning_haggler": "agents.bots.bargaining:LearningHaggler",
    "leontief": "agents.bots.budgets:Leontief",
    "level_k": "agents.bots.depth:LevelK",
    "limit_keeper": "agents.bots.common_pool:LimitKeeper",
    "lowest_black": "agents.bots.hats:LowestBlack",
    "lying_sentinel": "agents.bots.sentinels:LyingSentinel",
    "match_prize": "agents.bots.goofspiel:MatchPrize",
    "matching_contributor": "agents.bots.public_goods:MatchingContributor",
    "material_chess": "agents.bots.chess:MaterialChess",
    "mcts": "agents.bots.search:Mcts",
    "mean_matcher": "agents.bots.sequential_goods:MeanMatcher",
    "memory_one": "agents.bots.dilemma.memory_one:MemoryOne",
    "minimax": "agents.bots.search:MinimaxBot",
    "mobile_othello": "agents.bots.boards.othello:MobileOthello",
    "naive_prober": "agents.bots.dilemma.probing:NaiveProber",
    "name_withheld": "agents.bots.dilemma.first_tournament:NameWithheld",
    "nay_sayer": "agents.bots.quiz:NaySayer",
    "nim_expert": "agents.bots.races:NimExpert",
    "norm_enforcer": "agents.bots.punishers:NormEnforcer",
    "nydegger": "agents.bots.dilemma.first_tournament:Nydegger",
    "obliging_clerk": "agents.bots.clerks:ObligingClerk",
    "obliging_sentinel": "agents.bots.sentinels:ObligingSentinel",
    "omega_tit_for_tat": "agents.bots.dilemma.tit_for_tat:OmegaTitForTat",
    "one_up": "agents.bots.goofspiel:OneUp",
    "pattern_learner": "agents.bots.patterns:PatternLearner",
    "pattern_player": "agents.bots.patterns:PatternPlayer",
    "perfect_substitutes": "agents.bots.budgets:PerfectSubstitutes",
    "plain_liar": "agents.bots.deceivers:PlainLiar",
    "poker_rules": "agents.bots.poker:PokerRules",
    "prober": "agents.bots.dilemma.probing:Prober",
    "proportional_proposer": "agents.bots.cost_sharing:ProportionalProposer",
    "push_fold_chart": "agents.bots.push_fold:PushFoldChart",
    "racing_breakthrough": "agents.bots.boards.breakthrough:RacingBreakthrough",
    "random": "agents.bots.anywhere:Random",
    "random_planner": "agents.bots.planners.players:RandomPlanner",
    "rational_splitter": "agents.bots.bargaining:RationalSplitter",
    "reciprocator": "agents.bots.giving:Reciprocator",
    "remorseful_prober": "agents.bots.dilemma.probing:RemorsefulProber",
    "reverse_tit_for_tat": "agents.bots.dilemma.tit_for_tat:ReverseTitForTat",
    "reviser": "agents.bots.planners.players:Reviser",
    "ring_thinker": "agents.bots.rationality:RingThinker",
    "rubinstein_bargainer": "agents.bots.alternating_offers:RubinsteinBargainer",
    "rule_abider": "agents.bots.clerks:RuleAbider",
    "sampler": "agents.bots.patterns:Sampler",
    "sceptical_trader": "agents.bots.persuasion:ScepticalTrader",
    "secret_keeper": "agents.bots.sentinels:SecretKeeper",
    "shading_bidder": "agents.bots.group_games:ShadingBidder",
    "shortest_label": "agents.bots.focal:ShortestLabel",
    "shubik": "agents.bots.dilemma.punishment:Shubik",
    "signaller": "agents.bots.signalling:Signaller",
    "slow_tit_for_tat": "agents.bots.dilemma.tit_for_tat:SlowTitForTat",
    "soft_grudger": "agents.bots.dilemma.punishment:SoftGrudger",
    "soft_majority": "agents.bots.dilemma.counting:SoftMajority",
    "spiteful_tit_for_tat": "agents.bots.dilemma.tit_for_tat:SpitefulTitForTat",
    "stein_and_rapoport": "agents.bots.dilemma.first_tournament:SteinAndRapoport",
    "step_believer": "agents.bots.calculation:StepBeliever",
    "step_checker": "agents.bots.calculation:StepChecker",
    "steward": "agents.bots.common_pool:Steward",
    "stubborn": "agents.bots.planners.players:Stubborn",
    "stubborn_proposer": "agents.bots.cost_sharing:StubbornProposer",
    "suspicious_tit_for_tat": "agents.bots.dilemma.tit_for_tat:SuspiciousTitForTat",
    "sustainable_harvester": "agents.bots.harvesters:SustainableHarvester",
    "taboo_talker": "agents.bots.taboo:TabooTalker",
    "template_debater": "agents.bots.talk:TemplateDebater",
    "tester": "agents.bots.dilemma.probing:Tester",
    "threshold_filler": "agents.bots.public_goods:ThresholdFiller",
    "tideman_and_chieruzzi": "agents.bots.dilemma.first_tournament:TidemanAndChieruzzi",
    "tip_critic": "agents.bots.critics:TipCritic",
    "tit_for_tat": "agents.bots.dilemma.tit_for_tat:TitForTat",
    "tit_for_two_tats": "agents.bots.dilemma.tit_for_tat:TitForTwoTats",
    "topic_guesser": "agents.bots.talk:TopicGuesser",
    "truthful_bidder": "agents.bots.group_games:TruthfulBidder",
    "tullock": "agents.bots.dilemma.first_tournament:Tullock",
    "two_tits_for_tat": "agents.bots.dilemma.tit_for_tat:TwoTitsForTat",
    "win_shift_lose_stay": "agents.bots.dilemma.memory_one:WinShiftLoseStay",
    "win_stay_lose_shift": "agents.bots.dilemma.memory_one:WinStayLoseShift",
    "word_guesser": "agents.bots.talk:WordGuesser",
}
BUILT_IN_REFEREES: Final = {
    "jury": "agents.referee.jury:Jury",
    "sandbox": "agents.referee.sandbox.referee:Sandbox",
    "stub_jury": "agents.referee.stub:StubJury",
}

AGENTS: Final = Registry("agent", "arena.agents", BUILT_IN_AGENTS)
REFEREES: Final = Registry("referee", "arena.referees", BUILT_IN_REFEREES)

_MOCK_PREFIX: Final = "mock/"
_ANY_GAME: Final = "any game"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an agent or referee."""

    name: str
    default: object
    description: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a listing says about an agent or referee.

    Attributes:
        name: what people write.
        source: the distribution that registers it.
        title: one line for people.
        plays: the games it plays; empty when it is not made for certain games.
        scope: what games it plays, in words, where `plays` does not say it.
        parameters: what may stand in the parentheses of its spec.
        broken: why it cannot be used; None when it can.
    """

    name: str
    source: str
    title: str = ""
    plays: tuple[str, ...] = ()
    scope: str = _ANY_GAME
    parameters: tuple[Parameter, ...] = ()
    broken: str | None = None


def build_agent(spec: str, *, mock_url: str | None = None) -> Agent:
    """The agent that a spec string describes: a registered name, `path/to/file.py:Class`, or a language model.

    Args:
        spec: for example `tit_for_tat`, `mcts(simulations=500)` or `openai/gpt-4.1(temperature=0)`.
        mock_url: where the mock server listens, for models whose name begins with `mock/`.

    Raises:
        PluginError: there is no such agent, or it is broken.
        SpecError: the string cannot be read, or the agent does not take these parameters.
    """
    parsed = parse_spec(spec)
    if is_model(parsed.name):
        from agents.llm.agent import build_model_agent

        return build_model_agent(parsed.name, parsed.args, mock_url=mock_url)
    agent = _registered(AGENTS, parsed)
    if not isinstance(agent, Agent):
        raise PluginError(f"{parsed.name!r} is no agent: {type(agent).__name__} does not extend agents.base.Agent")
    return agent


def build_referee(spec: str, *, mock_url: str | None = None) -> Referee:
    """The referee that a spec string describes: a registered name or `path/to/file.py:Class`.

    Args:
        spec: for example `stub_jury`.
        mock_url: where the mock server listens, for jurors whose model name begins with `mock/`.

    Raises:
        PluginError: there is no such referee, or it is broken.
        SpecError: the string cannot be read, or the referee does not take these parameters.
    """
    parsed = parse_spec(spec)
    if parsed.name == "jury":
        return _jury(parsed, mock_url)
    referee = _registered(REFEREES, parsed)
    if not isinstance(referee, Referee):
        raise PluginError(
            f"{parsed.name!r} is no referee: {type(referee).__name__} does not extend agents.base.Referee"
        )
    return referee


def is_model(name: str) -> bool:
    """Whether a name is a language model's: it has a slash, and is neither a file nor `distribution/agent`."""
    if "/" not in name or name.partition(":")[0].endswith(".py"):
        return False
    return all(name != f"{entry.source}/{entry.name}" for entry in AGENTS.entries())


def jurors(spec: str) -> tuple[str, ...]:
    """The models of a jury; none of anybody else."""
    parsed = parse_spec(spec)
    return tuple(parsed.args.get("models", ())) if parsed.name == "jury" else ()


def partial_juror(referee: str, agent: str) -> str | None:
    """The first juror of a referee who is of the same family as an agent's model; None when nobody is.

    Such a juror favours its own kind, so it is left out of the jury, not weighed less.
    """
    player = parse_spec(agent).name
    if not is_model(player):
        return None
    models = (parse_spec(juror).name for juror in jurors(referee))
    return next((model for model in models if family(model) == family(player)), None)


def needs_mock(spec: str) -> bool:
    """Whether an agent or a juror is a model of the mock server: `mock/...` without an address of its own."""
    if models := jurors(spec):
        return any(map(needs_mock, models))
    parsed = parse_spec(spec)
    return parsed.name.startswith(_MOCK_PREFIX) and "@" not in parsed.name


def describe(registry: Registry = AGENTS) -> list[Description]:
    """What can be built, by name. One that cannot be imported is listed with its problem."""
    return [_description(registry, entry) for entry in sorted(registry.entries(), key=lambda entry: entry.name)]


def describe_model(name: str) -> Description:
    """What a listing says about a language model of this name; all have the same parameters."""
    from agents.llm.agent import ModelAgent

    return Description(name, BUILT_IN, ModelAgent.title, parameters=_parameters(ModelAgent))


def _description(registry: Registry, entry: Entry) -> Description:
    name = entry.name if entry.source == BUILT_IN else f"{entry.source}/{entry.name}"
    try:
        found = _load_class(registry, name)
    except PluginError as error:
        return Description(entry.name, entry.source, broken=str(error))
    return Description(
        name=entry.name,
        source=entry.source,
        title=found.title,
        plays=tuple(getattr(found, "plays", ())),
        scope=getattr(found, "scope", _ANY_GAME),
        parameters=_parameters(found),
    )


def _parameters(found: type[Participant]) -> tuple[Parameter, ...]:
    fields = found.Params.model_fields.items()
    defaults = [field.get_default(call_default_factory=True) for _, field in fields]
    return tuple(
        Parameter(key, default.value if isinstance(default, Enum) else default, field.description or "")
        for (key, field), default in zip(fields, defaults, strict=True)
    )


def _load_class(registry: Registry, name: str) -> type[Participant]:
    found = registry.load(name)
    if not (isinstance(found, type) and issubclass(found, Participant)):
        raise PluginError(f"{name!r} leads to {found!r}, which is not a subclass of agents.base.Participant")
    return found


def _registered(registry: Registry, parsed: Spec) -> Participant:
    """An instance of a registered class, with its spec in canonical form."""
    found = _load_class(registry, parsed.name)
    try:
        participant = found.of(**parsed.args)
    except ValidationError as error:
        raise refused(str(parsed), error, found.Params) from None
    participant.spec = str(Spec(parsed.name, participant.params.model_dump(exclude_defaults=True)))
    return participant


def _jury(parsed: Spec, mock_url: str | None) -> Referee:
    from agents.referee.jury import Jury, build_jury

    try:
        return build_jury(parsed.args, mock_url=mock_url)
    except ValidationError as error:
        raise refused(str(parsed), error, Jury.Params) from None
