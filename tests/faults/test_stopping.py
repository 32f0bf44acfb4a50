"""Told to stop, the program ends by itself: what comes after its server is still done."""

from hosting import Host

PATIENCE = 120  # seconds until the test gives up


def test_a_server_that_is_told_to_stop_closes_what_it_has_opened(tmp_path):
    with Host(f"sqlite:///{tmp_path / 'desk.sqlite'}", tmp_path) as host:
        host.stop()
        assert host.wait(PATIENCE) == 0, "it was killed by the signal, with its threads in the middle of something"
