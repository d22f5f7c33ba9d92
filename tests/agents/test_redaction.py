"""Keys out of texts, by value."""

from __future__ import annotations

import pytest

from agents.llm.redaction import redact

CANARY = "canary-0123456789"


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "my_token", "DB_PASSWORD", "CLIENT_SECRET_2"])
@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "Incorrect API key provided: {}.",
        "http://host/v1?key={}&x=1",
        "{{'Authorization': 'Bearer {}'}}",
        "x{}x and again {}",
        "Traceback:\n  api_key={}\n",
    ],
)
def test_values_of_secret_variables_are_hidden(monkeypatch, name, text):
    monkeypatch.setenv(name, CANARY)
    assert CANARY not in redact(text.format(*[CANARY] * 2))


@pytest.mark.parametrize(
    "text",
    [
        "cannot connect to https://user:canary@host:80/v1",
        "https://canary@host/v1",
        "Authorization: Bearer canary",
        "'authorization': 'Basic canary'",
        '{"x-api-key": "canary"}',
        "headers={'x-api-key':'canary', 'a': 'b'}",
        "api_key=canary",
        "sent bearer canary to",
    ],
)
def test_logins_and_authorization_headers_are_hidden_whatever_their_value(text):
    assert "canary" not in redact(text)


def test_a_key_in_a_variable_of_any_name_is_hidden():
    assert redact("got plainvalue", "plainvalue", None) == "got [hidden]"


@pytest.mark.parametrize(
    "text", ["model gpt-5 at http://127.0.0.1:8000/v1: status 500", "a@b", "key: value", "none of these", "short"]
)
def test_other_texts_stay_as_they_are(monkeypatch, text):
    monkeypatch.setenv("SHORT_KEY", "short")
    monkeypatch.setenv("HOST_NAME", "127.0.0.1:8000/v1")
    assert redact(text, "none") == text


def test_one_secret_inside_another_is_hidden_whole(monkeypatch):
    monkeypatch.setenv("A_KEY", "0123456789ab")
    monkeypatch.setenv("B_KEY", "0123456789abcdef")
    assert redact("0123456789abcdef") == "[hidden]"
