"""Fetching: public addresses only, pinned, bounded. A server on this machine plays the open net."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from foedus.reading.opening import OpeningError, open_text
from foedus.reading.opening.addresses import is_public
from foedus.reading.opening.fetching import fetch_url, place_of

PAGE = b"<!DOCTYPE html><html><body><p>" + b"Northland stays. " * 20 + b"</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append((self.path, self.headers["Host"]))
        getattr(self, "on_" + self.path.strip("/").partition("?")[0])()

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def on_page(self):
        self.answer(PAGE)

    def on_zipped(self):
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def on_bomb(self):
        self.answer(gzip.compress(b"a" * 30_000_000), Content_Encoding="gzip")

    def on_brotli(self):
        self.answer(b"x", Content_Encoding="br")

    def on_picture(self):
        self.answer(b"x", Content_Type="image/png")

    def on_missing(self):
        self.answer(b"no", 404)

    def on_away(self):
        self.answer(b"", 302, Location="http://inner.example/secret")

    def on_file(self):
        self.answer(b"", 302, Location="file:///etc/passwd")

    def on_once(self):
        self.answer(b"", 301, Location="/page")

    def on_round(self):
        self.answer(b"", 302, Location="/round")

    def on_nowhere(self):
        self.answer(b"", 302)

    def on_claims(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "30000000")
        self.end_headers()

    def on_drip(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        while not self.server.done.wait(0.05):
            try:
                self.wfile.write(b"a")
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving.seen, serving.done, serving.daemon_threads = [], threading.Event(), True
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield serving
    serving.done.set()
    serving.shutdown()
    thread.join()
    serving.server_close()


def fetch(server, path, **options):
    """Fetch from the server under a name of the open net; only that name's address is allowed."""

    async def resolve(host, port):
        return ["127.0.0.1"] if host == "news.example" else ["10.0.0.1"]

    url = f"http://news.example:{server.server_port}{path}"
    return fetch_url(url, resolve=resolve, allowed=lambda a: a == "127.0.0.1", **options)


def test_the_address_resolved_is_asked_under_the_hosts_name(server):
    got = fetch(server, "/page?a=1")
    assert got.data == PAGE
    assert got.content_type == "text/html; charset=utf-8"
    assert server.seen == [("/page?a=1", f"news.example:{server.server_port}")]


def test_a_redirect_is_followed_and_named(server):
    got = fetch(server, "/once")
    assert got.url == f"http://news.example:{server.server_port}/page"


def test_a_packed_answer_is_unpacked(server):
    assert fetch(server, "/zipped").data == PAGE


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/away", "inner.example lies within a private or reserved network"),
        ("/file", "only http and https"),
        ("/round", "more than 5 redirects"),
        ("/nowhere", "without saying where"),
        ("/bomb", "larger than 20 MB"),
        ("/claims", "larger than 20 MB"),
        ("/brotli", "not asked for"),
        ("/picture", "this is image/png"),
        ("/missing", "the server answers 404"),
    ],
)
def test_what_is_refused(server, path, what):
    with pytest.raises(OpeningError, match=what):
        fetch(server, path)


def test_time_is_bounded_however_slowly_bytes_come(server):
    begun = time.monotonic()
    with pytest.raises(OpeningError, match=r"no answer within 0\.5 seconds"):
        fetch(server, "/drip", seconds=0.5)
    assert time.monotonic() - begun < 20


def test_no_proxy_is_used(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert fetch(server, "/page").data == PAGE


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0/",
    ],
)
def test_addresses_within_are_never_asked(url):
    with pytest.raises(OpeningError, match="private or reserved"):
        open_text(url, fetch=True)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("http://user:word@example.org/", "name or password"),
        ("http:///a", "names no host"),
        ("http://[::1/", "no address"),
        ("http://example.org:99999/", "no address"),
    ],
)
def test_odd_addresses(url, what):
    with pytest.raises(OpeningError, match=what):
        place_of(url)


WITHIN = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::",
    "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::1", "fec0::1",
    "::127.0.0.1", "nonsense",
)  # fmt: skip


@pytest.mark.parametrize("address", WITHIN)
def test_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"],
)
def test_public(address):
    assert is_public(address)
