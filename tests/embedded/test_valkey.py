import stat
from urllib.parse import urlsplit

import pytest
import redis

from retail_ai.embedded import start_valkey, valkey
from retail_ai.embedded.leases import is_kept


def test_start_join_and_stop(tmp_path):
    url, first = start_valkey(tmp_path / "valkey")
    same, second = start_valkey(tmp_path / "valkey")
    assert url == same
    with redis.from_url(url) as client:
        assert client.ping()
    first.stop()
    assert valkey.answers(url)
    second.stop()
    assert not is_kept(tmp_path / "valkey.run") and not valkey.answers(url)


def test_strangers_need_the_password(tmp_path):
    url, server = start_valkey(tmp_path / "valkey")
    try:
        with redis.Redis(port=urlsplit(url).port) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
        assert not valkey.answers(url.replace("redis://:", "redis://:wrong"))
        assert stat.S_IMODE((tmp_path / "valkey" / "url").stat().st_mode) == 0o600
    finally:
        server.stop()


def test_a_port_taken_in_between_is_no_obstacle(tmp_path, monkeypatch):
    url, other = start_valkey(tmp_path / "other")
    free = valkey._free_port
    ports = iter([urlsplit(url).port])
    monkeypatch.setattr(valkey, "_free_port", lambda: next(ports, None) or free())
    own, server = start_valkey(tmp_path / "valkey")
    try:
        assert valkey.answers(own) and own != url
    finally:
        server.stop()
        other.stop()
