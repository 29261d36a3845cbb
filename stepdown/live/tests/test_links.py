"""Where the browser finds the live process."""

from stepdown.live.links import public_socket_url, socket_path


def test_without_a_web_server_before_it_the_live_process_has_a_port_of_its_own(rf, settings):
    settings.PUBLIC_URL, settings.LIVE_PORT, settings.SECURE = "http://127.0.0.1:8000", "8001", False
    assert socket_path(rf.get("/", headers={"host": "localhost:8000"})) == "ws://localhost:8001/live/"
    assert public_socket_url() == "ws://127.0.0.1:8001/live/"


def test_behind_a_web_server_that_speaks_tls_pages_and_sockets_share_one_address(rf, settings):
    settings.PUBLIC_URL, settings.LIVE_PORT, settings.SECURE = "https://iop.example.org", "8001", True
    settings.ALLOWED_HOSTS = ["iop.example.org"]
    assert socket_path(rf.get("/", headers={"host": "iop.example.org"})) == "wss://iop.example.org/live/"
    assert public_socket_url() == "wss://iop.example.org/live/"
