"""LiteLLM, kept quiet: nothing on the terminal, nothing from the working folder, nothing left behind."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import asyncio, os, warnings
warnings.simplefilter("error")
from agents.base import Message, NoJournal, ProviderError
from agents.llm.calling import Asking, ModelCaller
from agents.llm.clients import open_client
from agents.llm.clients.base import ChatRequest, Route
from agents.llm.mock import mock_server

async def ask(model, url=None, parameters=None):
    caller = ModelCaller(open_client("litellm", Route(model, url)), retries=0)
    try:
        request = ChatRequest((Message("user", "hi"),), parameters or {"max_tokens": 9}, seed=1)
        return await caller.call(request, Asking(NoJournal(), "k", 1))
    except ProviderError as error:
        return error
    finally:
        await caller.aclose()

async def main():
    async with mock_server() as url:
        known = await ask("openai/gpt-4o-mini", url)
        assert isinstance(known, ProviderError) and known.fatal, known
        answer = await ask("hosted_vllm/careful", url)
        assert answer.cost_usd is None and answer.parameters["seed"] == 1, answer
        for model, parameters in [
            ("nobody/knows", None), ("openai/gpt-4o-mini", None), ("openai/gpt-4o-mini", {"reasoning_effort": "low"}),
        ]:
            error = await ask(model, None, parameters)
            assert isinstance(error, ProviderError) and error.fatal, (model, error)
    import litellm
    assert litellm.drop_params is False
    left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert not left, left

asyncio.run(main())
assert "FROM_DOTENV" not in os.environ
"""


def test_nothing_reaches_the_terminal_the_environment_or_the_loop(tmp_path):
    (tmp_path / ".env").write_text("FROM_DOTENV=1\n")
    code = f"import sys; sys.path.insert(0, {sys.path[0]!r}); sys.path[1:1] = {sys.path!r}\n{PROGRAM}"
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error::ResourceWarning", "-c", code],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
    noise = [line for line in done.stderr.splitlines() if not line.startswith("Executing <")]
    assert noise == []
