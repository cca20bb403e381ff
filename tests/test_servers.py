"""The throw-away servers go away and come back as tests of failure need it."""

import socket
import threading

import pytest

from tests.servers import Postgres, Redis, newest_postgres

pytestmark = pytest.mark.processes


def rows(server: Postgres) -> bytes:
    return server.run("psql", "-Atqc", "SELECT count(*) FROM kept", "contoh").strip()


def test_postgresql_keeps_its_data_and_its_port_however_it_ends(own_postgres: Postgres):
    port = own_postgres.port
    own_postgres.create("contoh")
    own_postgres.run(
        "psql", "-qc", "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)", "contoh"
    )
    for end in (own_postgres.stop, own_postgres.kill):
        end()
        assert not own_postgres.answers()
        own_postgres.start()
        assert own_postgres.port == port
        assert rows(own_postgres) == b"1"
    assert b"CREATE TABLE" in own_postgres.dump("contoh")


def test_redis_comes_back_empty_on_its_port(own_redis: Redis):
    def ask(words: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", own_redis.port), timeout=2) as connection:
            connection.sendall(words)
            return connection.recv(100)

    assert ask(b"SET name value\r\n").startswith(b"+OK")
    own_redis.kill()
    assert not own_redis.answers()
    own_redis.start()
    assert ask(b"EXISTS name\r\n").startswith(b":0")


def test_a_frozen_server_takes_connections_and_says_nothing(own_redis: Redis):
    own_redis.freeze()
    assert not own_redis.answers()
    threading.Timer(0.2, own_redis.thaw).start()
    with socket.create_connection(("127.0.0.1", own_redis.port), timeout=5) as connection:
        connection.sendall(b"PING\r\n")
        assert connection.recv(7).startswith(b"+PONG")


def test_nothing_is_left_behind():
    with Redis() as redis, Postgres() as postgres:
        servers = (redis, postgres)
    assert not any(server.folder.exists() or server.answers() for server in servers)


def test_postgresql_is_of_a_version_that_we_promise():
    assert int(newest_postgres().parent.name) >= 15
