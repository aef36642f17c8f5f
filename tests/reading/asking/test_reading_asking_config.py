from __future__ import annotations

import pytest

from foedus.reading.asking import AskingError, Config

URL, MODEL, KEY = "FOEDUS_LLM_URL", "FOEDUS_LLM_MODEL", "FOEDUS_LLM_KEY"


def test_off_unless_somebody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (URL, MODEL, KEY):
        monkeypatch.delenv(name, raising=False)
    assert Config.of() is None
    monkeypatch.setenv(KEY, "sk-only-a-key")
    assert Config.of() is None
    assert Config.of({URL: " ", MODEL: ""}) is None


@pytest.mark.parametrize(("there", "missing"), [(URL, MODEL), (MODEL, URL)])
def test_one_of_two_is_told(there: str, missing: str) -> None:
    with pytest.raises(AskingError, match=f"{there} is set and {missing} is not"):
        Config.of({there: "http://127.0.0.1/v1"})


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1/chat/completions"),
        ("https://x.org/v1/chat/completions", "https://x.org/v1/chat/completions"),
        ("https://x.org/o?api-version=2", "https://x.org/o/chat/completions?api-version=2"),
        ("http://[::1]:80", "http://[::1]:80/chat/completions"),
    ],
)
def test_where_questions_go(url: str, endpoint: str) -> None:
    config = Config.of({URL: url, MODEL: "made", KEY: "sk-secret"})
    assert config is not None
    assert config.endpoint == endpoint
    assert "secret" not in repr(config)
    assert config.key == "sk-secret"


@pytest.mark.parametrize(
    "url",
    ["127.0.0.1:80", "ftp://x.org", "file:///etc/passwd", "http://", "http://x:y@h/v1", "http://h:p",
     "http://[::1/v1", "http://h:99999999"],
)  # fmt: skip
def test_no_address(url: str) -> None:
    with pytest.raises(AskingError, match=URL) as wrong:
        Config(url, "made")
    assert "x:y" not in str(wrong.value)


@pytest.mark.parametrize("key", ["sk\nhost: x", "clé", "\x00"])
def test_a_key_that_cannot_be_one_is_told_and_not_shown(key: str) -> None:
    with pytest.raises(AskingError, match=KEY) as wrong:
        Config("http://h/v1", "made", key)
    assert key not in str(wrong.value)
    assert AskingError.bad_input


def test_limits_are_above_nothing() -> None:
    for name in ("workers", "timeout", "budget", "tries", "most", "reply_tokens", "reply_bytes"):
        with pytest.raises(AskingError, match="above 0"):
            Config("http://h/v1", "made", **{name: 0})
    with pytest.raises(AskingError, match="empty"):
        Config("http://h/v1", " ")
