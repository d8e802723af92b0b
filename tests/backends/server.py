"""A real HTTP server that speaks the OpenAI API, in this process: no hosted one can be had in a test.

Its "model" embeds by hashing words and answers a chat by naming the last message. It can be told to fail.
"""

import hashlib
import json
import math
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DIMENSIONS = 64


class FakeOpenAI(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.failures: deque[tuple[int, dict[str, str], str]] = deque()
        self.requests: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.dimensions = DIMENSIONS
        self.shuffle = True

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def fail(self, status: int, text: str = "busy", times: int = 1, **headers: str) -> None:
        """Answer the next requests with an error."""
        self.failures.extend([(status, headers, text)] * times)


class _Handler(BaseHTTPRequestHandler):
    server: FakeOpenAI
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, body, dict(self.headers)))
        if self.server.failures:
            status, headers, text = self.server.failures.popleft()
            return self._send(status, text.encode(), "text/plain", headers)
        if self.path == "/v1/embeddings":
            return self._answer(200, self._embeddings(body["input"]))
        if body.get("stream"):
            return self._stream(body)
        return self._answer(200, self._chat(body))

    def _embeddings(self, texts: list[str]) -> dict[str, Any]:
        rows = [{"index": i, "embedding": embed(t, self.server.dimensions)} for i, t in enumerate(texts)]
        return {"data": rows[::-1] if self.server.shuffle else rows}

    def _chat(self, body: dict[str, Any]) -> dict[str, Any]:
        text, reason = reply(body)
        usage = {"prompt_tokens": 7, "completion_tokens": len(text.split())}
        return {"choices": [{"message": {"content": text}, "finish_reason": reason}], "usage": usage}

    def _stream(self, body: dict[str, Any]) -> None:
        text, _ = reply(body)
        events = [{"choices": [{"delta": {"content": word + " "}}]} for word in text.split()]
        lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
        self._send(200, lines.encode(), "text/event-stream", {})

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        self._send(status, json.dumps(content).encode(), "application/json", {})

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def embed(text: str, dimensions: int) -> list[float]:
    """A bag of hashed words, so that texts that share words are near each other."""
    vector = [0.01] * dimensions
    for word, count in Counter(text.lower().split()).items():
        vector[hashlib.sha256(word.encode()).digest()[0] % dimensions] += count
    length = math.sqrt(sum(x * x for x in vector)) / 3  # not of unit length, as some servers' are not
    return [x / length for x in vector]


def reply(body: dict[str, Any]) -> tuple[str, str]:
    words = f"You said: {body['messages'][-1]['content']}".split()
    for mark in body.get("stop", []):
        words = " ".join(words).split(mark)[0].split()
    kept = words[: body["max_tokens"]]
    return " ".join(kept), "length" if len(kept) < len(words) else "stop"


@contextmanager
def serve() -> Iterator[FakeOpenAI]:
    server = FakeOpenAI()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
