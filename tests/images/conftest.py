"""What several tests of images need: a file of arrays, and a server."""

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from images.known import fetching


@pytest.fixture
def npz(tmp_path):
    """Returns a function that writes a .npz file and gives its path as the config would."""

    def write(**arrays) -> str:
        path = tmp_path / "mine.npz"
        np.savez(path, **arrays)
        return str(path)

    return write


@pytest.fixture
def web(monkeypatch):
    """A server on this machine: `web.files` by path, `web.asked` for what was asked, `web.url`."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(fetching, "SILENCE", 1)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path.removeprefix("/"))
            content = server.files.get(self.path.removeprefix("/"))
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Length", str(len(content or b"") + server.promises))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.files, server.asked, server.promises = {}, [], 0
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=partial(server.serve_forever, 0.01))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
