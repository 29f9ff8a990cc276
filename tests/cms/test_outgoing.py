"""What the site sends out goes where it was sent, and nobody there can hold it up."""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from cms import outgoing
from tests.site import free_port


@pytest.fixture
def server():
    """A server on loopback that answers as ``server.answer`` says, and keeps what it got."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.got.append((self.path, dict(self.headers), body))
            server.answer(self)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.got = []
    server.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def says(status=200, **headers):
    def answer(door):
        door.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            door.send_header(name, value)
        door.end_headers()

    return answer


def test_fields_go_out_as_a_form_under_our_name(server, settings):
    settings.SITE_URL = "https://house.example"
    server.answer = says(202)
    assert outgoing.post(f"{server.url}/hub?x=1", [("a", "1 & 2"), ("b", "é")]) == 202
    path, headers, body = server.got[0]
    assert (path, body) == ("/hub?x=1", b"a=1+%26+2&b=%C3%A9")
    assert headers["User-Agent"] == "Imprimatur (+https://house.example)"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Cookie" not in headers and "Authorization" not in headers


def test_a_redirect_is_an_answer_and_not_followed(server):
    server.answer = says(307, Location=f"{server.url}/elsewhere")
    assert outgoing.post(server.url, []) == 307
    assert len(server.got) == 1


def test_a_proxy_of_the_environment_is_not_asked(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    server.answer = says()
    assert outgoing.post(server.url, []) == 200


@pytest.mark.parametrize("is_dripping", [False, True], ids=["silent", "dripping"])
def test_a_server_that_takes_its_time_is_left(server, is_dripping):
    is_over = Event()

    def answer(door):
        while not is_over.wait(0.02):
            if is_dripping:
                door.wfile.write(b".")
                door.wfile.flush()

    server.answer = answer
    try:
        with pytest.raises(outgoing.NoAnswer):
            outgoing.post(server.url, [], timeout=0.2)
    finally:
        is_over.set()


def test_nobody_there_is_no_answer():
    with pytest.raises(outgoing.NoAnswer, match="ConnectionRefusedError"):
        outgoing.post(f"http://127.0.0.1:{free_port()}/", [])


def test_what_is_not_http_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer():
            connection, _address = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"SSH-2.0-OpenSSH\r\n")

        thread = Thread(target=answer)
        thread.start()
        with pytest.raises(outgoing.NoAnswer):
            outgoing.post(f"http://127.0.0.1:{listener.getsockname()[1]}/", [])
        thread.join()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "file:///etc/passwd",
        "ftp://hub.example/",
        "javascript:alert(1)",
        "//hub.example/",
        "http://",
        "http://user:secret@hub.example/",
        "http://hub.example:port/",
        "http://hub.example/\r\nX-Evil: 1",
        "http://hub.example/a b",
        "http://[::1",
    ],
)
def test_what_is_no_address_of_a_hub_is_refused(address):
    with pytest.raises(outgoing.NoAnswer, match="NoAddress"):
        outgoing.post(address, [])
