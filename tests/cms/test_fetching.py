"""What is read of other sites: no further than the open net, and no longer than it is given."""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from cms import fetching
from cms.fetching import Guard, NotFetched, Why
from tests.site import free_port

HOST = "elsewhere.example"


@pytest.fixture
def server():
    """A server on loopback that answers as ``server.answer`` says, and keeps what it was asked."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            server.got.append((self.command, self.path, dict(self.headers)))
            server.answer(self)

        do_HEAD = do_GET  # noqa: N815 (as http.server calls it)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.got = []
    server.url = f"http://{HOST}:{server.server_port}"
    server.guard = guard_for(server.server_port)
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def guard_for(port, *addresses):
    """Lets a test reach a port of this machine by names that are known to nobody else."""
    queue = list(addresses)

    def look_up(host, port, **options):
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "…")
        address = queue.pop(0) if queue else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    return Guard(frozenset([port]), lambda address: address == "127.0.0.1", look_up)


def says(status=200, body=b"", **headers):
    def answer(door):
        door.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            door.send_header(name.replace("_", "-"), value)
        door.end_headers()
        if door.command != "HEAD":
            door.wfile.write(body)

    return answer


def why(url, guard=fetching.GUARD, **options):
    with pytest.raises(NotFetched) as failure:
        fetching.fetch(url, guard=guard, **options)
    return failure.value.why


def test_a_page_is_read_under_our_name_and_without_credentials(server, settings, monkeypatch):
    settings.SITE_URL = "https://house.example"
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    server.answer = says(body=b"words", Set_Cookie="a=1", Content_Type="text/plain")
    answer = fetching.fetch(f"{server.url}/é?q=a&b=%20#part", guard=server.guard)
    assert (answer.status, answer.body, answer.is_whole) == (200, b"words", True)
    assert answer.headers["content-type"] == "text/plain"
    command, path, headers = server.got[0]
    assert (command, path) == ("GET", "/%C3%A9?q=a&b=%20")
    assert headers["Host"] == f"{HOST}:{server.server_port}"
    assert headers["User-Agent"] == "Imprimatur (+https://house.example)"
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_redirects_are_followed_one_by_one(server):
    def answer(door):
        target = {"/1": "/2", "/2": f"{server.url}/3"}.get(door.path)
        says(301 if target else 200, **({"Location": target} if target else {}))(door)

    server.answer = answer
    found = fetching.look(f"{server.url}/1", guard=server.guard)
    assert (found.status, found.address, found.moved_to) == (
        200,
        f"{server.url}/3",
        f"{server.url}/3",
    )
    assert [command for command, *_ in server.got] == ["HEAD"] * 3


def test_a_redirect_for_now_is_no_move(server):
    server.answer = lambda door: says(
        302 if door.path == "/" else 200, **({"Location": "/now"} if door.path == "/" else {})
    )(door)
    found = fetching.look(f"{server.url}/", guard=server.guard)
    assert (found.status, found.moved_to) == (200, "")


def test_a_circle_of_redirects_ends(server):
    server.answer = says(302, Location="/again")
    assert why(f"{server.url}/", server.guard) == Why.TOO_MANY_REDIRECTS
    assert len(server.got) == fetching.REDIRECTS + 1


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://127.0.0.1:1/", Why.NOT_PUBLIC),
        ("file:///etc/passwd", Why.NO_ADDRESS),
        ("gopher://elsewhere.example/", Why.NO_ADDRESS),
        ("http://a:b@elsewhere.example/", Why.NO_ADDRESS),
        ("http://[::1", Why.NO_ADDRESS),
        ("//nowhere.invalid:{port}/", Why.UNKNOWN_HOST),
    ],
)
def test_a_redirect_is_held_to_the_same_rules(server, target, reason):
    server.answer = says(302, Location=target.format(port=server.server_port))
    assert why(f"{server.url}/", server.guard) == reason


def test_a_name_that_means_something_else_the_second_time_is_looked_up_once_a_visit(server):
    guard = guard_for(server.server_port, "127.0.0.1", "10.0.0.1")
    server.answer = says()
    assert fetching.fetch(f"{server.url}/", guard=guard).status == 200
    assert why(f"{server.url}/", guard) == Why.NOT_PUBLIC
    assert len(server.got) == 1


@pytest.mark.parametrize(
    "url",
    [
        *["http://localhost/", "http://localhost./", "http://127.0.0.1/", "https://[::1]/"],
        *["http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/"],
        *["http://[::ffff:127.0.0.1]/", "http://[fe80::1%25eth0]/", "http://169.254.169.254/"],
        *[
            "http://1.1.1.1:22/",
            "http://1.1.1.1:8000/",
            "http://①②⑦.⓪.⓪.①/",
            "http://[64:ff9b::7f00:1]/",
        ],
    ],
)
def test_nothing_behind_our_own_door_is_visited(url):
    assert why(url) == Why.NOT_PUBLIC


@pytest.mark.parametrize(
    "url",
    [
        *["", "/relative", "ftp://a.example/", "javascript:alert(1)", "http://", "http:///x"],
        *["http://user@a.example/", "http://user:secret@a.example/", "http://a.example:port/"],
        *["http://a.example/\r\nX: 1", "http://a.example/a b", "http://a\\@b.example/"],
        *["http://[::1", "http://a.example:99999/", "http://a.example/" + "x" * 2000, "\ud800"],
    ],
)
def test_what_is_no_address_is_refused(url):
    assert why(url) == Why.NO_ADDRESS


def test_a_page_without_end_is_read_so_far(server):
    server.answer = says(body=b"x" * 300_000)
    answer = fetching.fetch(server.url, guard=server.guard)
    assert len(answer.body) <= fetching.BYTES
    assert not answer.is_whole


def test_headers_without_end_are_no_answer_for_long(server):
    server.answer = says(**{f"X-{number}": "x" * 900 for number in range(99)})
    assert fetching.fetch(server.url, guard=server.guard).is_whole is False


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
        assert why(server.url, server.guard, seconds=0.2) == Why.TIME_IS_UP
    finally:
        is_over.set()


def test_a_name_server_that_takes_its_time_is_left():
    is_over = Event()
    guard = Guard(look_up=lambda *args, **options: is_over.wait() and [])
    try:
        assert why("http://a.example/", guard, seconds=0.1) == Why.TIME_IS_UP
    finally:
        is_over.set()


def test_nobody_there_is_no_answer():
    port = free_port()
    assert why(f"http://{HOST}:{port}/", guard_for(port)) == Why.NO_ANSWER


def test_what_does_not_speak_in_secret_is_no_answer_to_https(server):
    assert why(server.url.replace("http", "https"), server.guard) == Why.NO_ANSWER


def test_whoever_does_not_answer_for_the_head_is_asked_in_full(server):
    server.answer = lambda door: says(405 if door.command == "HEAD" else 200, b"x")(door)
    assert fetching.look(server.url, guard=server.guard).status == 200
    assert [command for command, *_ in server.got] == ["HEAD", "GET"]


def test_whoever_asks_may_refuse_an_address_also_one_that_a_redirect_leads_to(server):
    asked = []

    def is_welcome(url):
        asked.append(url)
        return not url.endswith("/private")

    server.answer = says(302, Location="/private")
    assert why(server.url, server.guard, is_welcome=is_welcome) == Why.NOT_WELCOME
    assert asked == [server.url, f"{server.url}/private"]
    assert len(server.got) == 1
