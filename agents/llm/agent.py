"""A language model in a seat: one call per attempt, asked by `prompts`, read by `extract`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from agents.base import Agent, Decision, DecisionLimits, DecisionRequest
from agents.llm.calling import Asking, ModelCaller, Prices
from agents.llm.clients import open_client
from agents.llm.clients.base import ChatRequest
from agents.llm.extract import extract
from agents.llm.names import resolve
from agents.llm.params import ModelParams
from agents.llm.prompts import AnswerMode, messages_for
from games.spec import Spec, refused

# Some servers keep seeds in 32 bits.
_SEED_RANGE: Final = 2**31


class ModelAgent(Agent):
    """A language model.

    Args:
        caller: the model, behind a transport.
        params: how it is asked.
    """

    Params = ModelParams
    params: ModelParams
    title = "A language model"
    scripted = False

    def __init__(self, caller: ModelCaller, params: ModelParams | None = None) -> None:
        super().__init__(params)
        self._caller = caller

    async def decide(self, request: DecisionRequest) -> Decision:
        """Answer one question. Raises CallError, a ProviderError, when no answer could be had."""
        asking = Asking(request.journal, request.call_key(0), request.seed, request.limits.time_s)
        call = await self._caller.call(self._chat(request), asking)
        found = extract(call, self.params.answer)
        return Decision(found.action, found.outcome, found.problem, found.reasoning, found.beliefs, (call,))

    async def aclose(self) -> None:
        """Release connections."""
        await self._caller.aclose()

    def _chat(self, request: DecisionRequest) -> ChatRequest:
        params = self.params
        parameters = _sampling(params, request.limits)
        seed = request.seed % _SEED_RANGE
        if params.seed:
            parameters["seed"] = seed
        return ChatRequest(
            messages_for(
                request,
                params.answer,
                show_legal_actions=params.show_legal_actions,
                instructions=params.instructions,
            ),
            parameters,
            seed=seed if params.seed is None else None,
            tool=params.answer is AnswerMode.TOOL,
        )


def build_model_agent(name: str, args: Mapping[str, Any], *, mock_url: str | None = None) -> ModelAgent:
    """The player that a spec's name and arguments stand for. Opens no connection and imports no provider's library.

    Args:
        name: `provider/model`, `provider/model@address` or `mock/model`.
        args: parameters of `ModelParams`.
        mock_url: address of the running mock server, if there is one.

    Raises:
        SpecError: name and parameters do not fit together; the message says what to write.
    """
    try:
        params = ModelParams(**args)
    except ValidationError as error:
        raise refused(str(Spec(name, args)), error, ModelParams) from None
    agent = ModelAgent(open_model(name, params, mock_url=mock_url), params)
    agent.spec = str(Spec(name, params.model_dump(mode="json", exclude_defaults=True)))
    return agent


def open_model(name: str, params: ModelParams, *, mock_url: str | None = None) -> ModelCaller:
    """The model that a name and parameters stand for, ready to be called by players and jurors alike."""
    transport, route = resolve(name, params, mock_url)
    return ModelCaller(open_client(transport, route), params.retries, _prices(params))


def _sampling(params: ModelParams, limits: DecisionLimits) -> dict[str, Any]:
    """The sampling parameters that are sent: what was asked for and nothing else."""
    chosen = {"temperature": params.temperature, "top_p": params.top_p, "reasoning_effort": params.reasoning_effort}
    tokens = params.max_tokens if limits.tokens is None else min(params.max_tokens, limits.tokens)
    return {"max_tokens": tokens, **{name: value for name, value in chosen.items() if value is not None}}


def _prices(params: ModelParams) -> Prices | None:
    if params.input_price is None or params.output_price is None:
        return None
    return Prices(params.input_price, params.output_price)
