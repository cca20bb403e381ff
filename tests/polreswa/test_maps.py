"""Whose pictures of the ground a page may load: nobody's, unless the station has named a server."""

import pytest

from polreswa import maps


@pytest.mark.parametrize(
    ("address", "servers"),
    [
        ("", []),
        ("https://tiles.example/{z}/{x}/{y}.png", ["https://tiles.example"]),
        ("https://tiles.example:8443/{z}/{x}/{y}.png", ["https://tiles.example:8443"]),
        ("tiles.example/{z}/{x}/{y}.png", []),
    ],
)
def test_the_policy_names_the_server_of_the_tiles_and_nothing_else(monkeypatch, address, servers):
    monkeypatch.setattr(maps, "TILES_URL", address)
    assert maps.tile_servers() == servers
