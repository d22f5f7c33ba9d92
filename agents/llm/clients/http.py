"""Any OpenAI-compatible server, over aiohttp: the cheapest transport, made for hundreds of calls at once."""

from __future__ import annotations

from typing import Final

import aiohttp
import orjson
from yarl import URL

from agents.llm.clients.base import OVERSIZED, ChatReply, ChatRequest, Client, Route
from agents.llm.clients.errors import CallError, ErrorKind, error_from_status
from agents.llm.clients.openai_format import chat_body, chat_reply, decoded

BODY_CAP: Final = 1 << 20
_CONNECT_S: Final = 30.0


class HttpClient(Client):
    """One session with as many connections as there are calls in flight.

    A reply over `BODY_CAP` bytes is cut off there and counts as an empty answer with the finish reason `oversized`.
    """

    name = "http"

    def __init__(self, route: Route) -> None:
        super().__init__(route)
        self._url = URL(f"{(route.base_url or '').rstrip('/')}/chat/completions")
        self._session: aiohttp.ClientSession | None = None

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Ask once. Raises CallError when no whole answer came back."""
        body = orjson.dumps(chat_body(self.route.model, request))
        try:
            async with self._open().post(
                self._url, data=body, headers=self._headers(), allow_redirects=False
            ) as response:
                content = await _read(response.content)
                status, headers = response.status, response.headers
        except (aiohttp.ClientError, OSError) as error:
            raise CallError(f"{type(error).__name__}: {error}", ErrorKind.RETRYABLE) from None
        if status != 200:
            raise error_from_status(status, content.decode("utf-8", "replace"), headers)
        if len(content) > BODY_CAP:
            return ChatReply("", parameters=request.with_seed(), finish_reason=OVERSIZED)
        return chat_reply(decoded(content), request.with_seed())

    async def aclose(self) -> None:
        """Release the connections; a later call opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_S),
            )
        return self._session

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json"}
        key = self.route.api_key()
        return headers if key is None else {**headers, "Authorization": f"Bearer {key}"}


async def _read(stream: aiohttp.StreamReader) -> bytes:
    """The body, or its beginning as soon as it is longer than the cap."""
    content = bytearray()
    async for chunk in stream.iter_any():
        content += chunk
        if len(content) > BODY_CAP:
            break
    return bytes(content)
