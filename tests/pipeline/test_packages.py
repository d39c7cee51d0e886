from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import (
    BadPackage,
    CannotInstall,
    HashMismatch,
    IndexUnreachable,
    MissingPackage,
    NotInIndex,
    SmokeTestFailed,
    UnpinnedPackage,
)
from pipeline.translation import (
    add,
    engine_for,
    install,
    installed,
    installing,
    package_for,
    packages,
    remove,
    route,
    verify,
)
from pipeline.translation.packages import file_hash, known_packages


@pytest.fixture(autouse=True)
def home(argos_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No packages at all, the starters neither: these tests are about what is installed."""
    monkeypatch.setattr(packages, "STARTER_DIRECTORY", tmp_path / "no-starters")
    return argos_home


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A client that hangs up in the middle is what one of the tests is about."""


@pytest.fixture
def site(tmp_path: Path, vi_en_file: Path) -> Path:
    """A directory with an index and one package in it."""
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(vi_en_file, site / "translate-vi_en-0_5.argosmodel")
    write_index(site)
    return site


def write_index(site: Path, link: str = "translate-vi_en-0_5.argosmodel", **more: object) -> None:
    entry = {"package_version": "0.5", "from_code": "vi", "to_code": "en", "links": [link], **more}
    (site / "index.json").write_text(json.dumps([entry]), encoding="utf-8")


@pytest.fixture
def server(site: Path) -> Iterator[str]:
    with QuietServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def left_behind(home: Path) -> list[str]:
    """Everything in the packages directory and beside it."""
    return sorted(path.name for folder in (home, home.parent) if folder.is_dir() for path in folder.iterdir())


def rebuilt(source: Path, target: Path, **changes: bytes | None) -> Path:
    """A copy of an archive with members replaced, added or (None) left out; `__` in a name stands for a dot."""
    named = {name.replace("__", "."): data for name, data in changes.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            data = named.pop(Path(member.filename).name, old.read(member))
            if data is not None:
                new.writestr(member.filename, data)
        for name, data in named.items():
            new.writestr(name, data or b"")
    return target


def test_an_added_package_translates_at_once(home: Path, vi_en_file: Path) -> None:
    package = add(vi_en_file)
    assert package == package_for("vi", "en") == installed()[0]
    assert (package.name, package.version, package.origin) == ("translate-vi_en", "0.5", "installed")
    assert package.sha256 == file_hash(vi_en_file)
    assert left_behind(home) == ["packages", "translate-vi_en-0_5"]
    assert engine_for(package).translate(["Hôm nay trời mưa."])[0].text == "Today it rains."


def test_adding_the_same_file_again_changes_nothing(home: Path, vi_en_file: Path) -> None:
    first = add(vi_en_file)
    before = (first.path / "model" / "model.bin").stat().st_ino
    assert add(vi_en_file) == first
    assert (first.path / "model" / "model.bin").stat().st_ino == before


def test_a_package_of_the_same_version_is_replaced(home: Path, vi_en_file: Path, tmp_path: Path) -> None:
    add(vi_en_file)
    package = add(rebuilt(vi_en_file, tmp_path / "other.argosmodel", **{"vi_en/README__md": b"changed"}))
    assert installed() == (package,)
    assert left_behind(home) == ["packages", "translate-vi_en-0_5"]


@pytest.mark.parametrize("of", ["server", "site"])
def test_a_package_comes_from_an_index(request: pytest.FixtureRequest, of: str, vi_en_file: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    package = install(
        "vi-en", index=str(request.getfixturevalue(of)), progress=lambda came, all_: seen.append((came, all_))
    )
    assert package.sha256 == file_hash(vi_en_file)
    assert seen[-1] == (vi_en_file.stat().st_size, vi_en_file.stat().st_size)


def test_argoss_own_index_setting_is_obeyed(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server)
    assert install("vi-en").version == "0.5"


def test_a_pair_that_the_index_lacks_is_named(server: str) -> None:
    with pytest.raises(NotInIndex, match="es-en"):
        install("es-en", index=server)


@pytest.mark.parametrize("by", ["caller", "index"])
def test_a_wrong_hash_leaves_nothing_behind(home: Path, site: Path, by: str) -> None:
    if by == "index":
        write_index(site, sha256="0" * 64)
    with pytest.raises(HashMismatch) as caught:
        install("vi-en", index=str(site), sha256="0" * 64 if by == "caller" else None)
    assert caught.value.expected == "0" * 64
    assert left_behind(home) == []


def test_an_index_that_does_not_answer_is_a_typed_error(server: str) -> None:
    with pytest.raises(IndexUnreachable, match="404"):
        install("vi-en", index=f"{server}nothing/")
    with pytest.raises(IndexUnreachable, match="refused"):
        install("vi-en", index="http://127.0.0.1:1/")


@pytest.mark.parametrize(
    "link", ["ftp://127.0.0.1/x.argosmodel", "data:,x", "missing.argosmodel", "http://127.0.0.1:1/x"]
)
def test_a_link_that_gives_no_package_leaves_nothing_behind(home: Path, site: Path, link: str) -> None:
    write_index(site, link=link)
    with pytest.raises(IndexUnreachable):
        install("vi-en", index=str(site))
    assert left_behind(home) == []


def test_an_index_that_is_no_list_of_packages_is_refused(site: Path) -> None:
    for text in ("<html>", "{}"):
        (site / "index.json").write_text(text, encoding="utf-8")
        with pytest.raises(IndexUnreachable, match="is no"):
            install("vi-en", index=str(site))


def test_a_download_larger_than_allowed_is_stopped(home: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.translation.downloads.LARGEST_PACKAGE", 1000)
    with pytest.raises(IndexUnreachable, match="1000"):
        install("vi-en", index=server)
    assert left_behind(home) == []


def test_the_public_index_gives_only_the_pinned_file(
    server: str, monkeypatch: pytest.MonkeyPatch, site: Path, vi_en_file: Path
) -> None:
    monkeypatch.setattr(installing.argos, "index_url", lambda: f"{server}index.json")
    with pytest.raises(UnpinnedPackage, match="vi-es"):
        install("vi-es")
    pinned = next(known for known in known_packages() if known["pair"] == "vi-en")
    shutil.copy(vi_en_file, site / str(pinned["file"]))
    with pytest.raises(HashMismatch) as caught:
        install("vi-en")
    assert caught.value.expected == pinned["sha256"]


def test_every_pair_with_english_is_pinned_and_spanish_to_the_version_that_works() -> None:
    pins = {str(known["pair"]): known for known in known_packages()}
    assert set(pins) == {"vi-en", "en-vi", "es-en", "en-es"}
    assert pins["es-en"]["version"] == "1.0"
    assert all(len(str(known["sha256"])) == 64 for known in pins.values())


def test_a_package_that_says_the_wrong_words_is_refused(home: Path, lexical: dict[str, Any], tmp_path: Path) -> None:
    file = lexical["build"](tmp_path / "garbage.argosmodel", lexical["VI_EN"], scrambled=True)
    with pytest.raises(SmokeTestFailed, match="nothing to do with the source"):
        add(file)
    assert left_behind(home) == []


def test_a_package_that_copies_its_source_is_refused(lexical: dict[str, Any], tmp_path: Path) -> None:
    same = {phrase: phrase for phrase in lexical["VI_EN"]}
    with pytest.raises(SmokeTestFailed, match="copied") as caught:
        add(lexical["build"](tmp_path / "copying.argosmodel", same))
    assert caught.value.output == caught.value.sentence


def test_a_package_with_moses_and_bpe_works_through_argoss_own_tokenizer(
    lexical: dict[str, Any], tmp_path: Path
) -> None:
    package = add(lexical["build"](tmp_path / "bpe.argosmodel", lexical["EN_ES"], "en-es", bpe=True))
    assert (package.path / "bpe.model").is_file()
    said = engine_for(package).translate(["The two countries signed an agreement."])[0].text
    assert said == "Los dos países firmado un acuerdo."


def test_an_argos_home_that_cannot_be_made_is_a_typed_error() -> None:
    code = "from pipeline.translation import packages; packages.installed()"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"XDG_DATA_HOME": "/dev/null/x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ArgosUnavailable" in ran.stderr


def test_a_language_that_the_wire_does_not_know_is_refused(lexical: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(BadPackage, match="fr-en"):
        add(lexical["build"](tmp_path / "fr.argosmodel", {"oui": "yes"}, "fr-en"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"model__bin": b"no model"}, "cannot be loaded"),
        ({"model__bin": None}, "has no model/model.bin"),
        ({"sentencepiece__model": None}, "has no tokenizer"),
        ({"sentencepiece__model": b"no model"}, "sentencepiece.model cannot be read"),
        ({"metadata__json": None}, "metadata.json"),
        ({"metadata__json": b"{"}, "metadata.json"),
        ({"metadata__json": b"[]"}, "not a JSON object"),
        ({"metadata__json": b'{"from_code": "vi", "to_code": "../..", "package_version": "1"}'}, "to_code"),
        ({"vi_en/../../slipped": b"x"}, "outside of its directory"),
        ({"/slipped": b"x"}, "outside of its directory"),
        ({"second/root": b"x"}, "one root directory"),
        ({"stray": b"x"}, "one root directory"),
    ],
)
def test_a_broken_package_is_refused_with_its_reason_and_leaves_nothing(
    home: Path, vi_en_file: Path, tmp_path: Path, changes: dict[str, bytes | None], reason: str
) -> None:
    with pytest.raises(BadPackage, match=reason):
        add(rebuilt(vi_en_file, tmp_path / "broken.argosmodel", **changes))
    assert left_behind(home) == []
    assert not list(tmp_path.rglob("slipped"))


@pytest.mark.parametrize("kept", [0, 100, 5_000, 1_000_000])
def test_a_truncated_archive_is_refused(home: Path, vi_en_file: Path, tmp_path: Path, kept: int) -> None:
    file = tmp_path / "half.argosmodel"
    file.write_bytes(vi_en_file.read_bytes()[:kept])
    with pytest.raises(BadPackage, match="no whole zip archive"):
        add(file)
    assert left_behind(home) == []


def test_a_damaged_member_is_refused(home: Path, vi_en_file: Path, tmp_path: Path) -> None:
    data = bytearray(vi_en_file.read_bytes())
    data[len(data) // 2] ^= 255
    file = tmp_path / "damaged.argosmodel"
    file.write_bytes(data)
    with pytest.raises(BadPackage, match="no whole zip archive"):
        add(file)
    assert left_behind(home) == []


def test_a_file_that_is_not_there_is_a_bad_package(tmp_path: Path) -> None:
    with pytest.raises(BadPackage, match="cannot be read"):
        add(tmp_path / "nowhere.argosmodel")


def test_an_interrupted_install_leaves_nothing(home: Path, vi_en_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(installing, "smoke_test", interrupt)
    with pytest.raises(KeyboardInterrupt):
        add(vi_en_file)
    assert left_behind(home) == []
    assert installed() == ()


def test_what_a_killed_install_left_is_swept_by_the_next(home: Path, vi_en_file: Path) -> None:
    dead, living = home.parent / ".triwire-install-999999999-x", home.parent / f".triwire-install-{os.getpid()}-x"
    for directory in (dead, living):
        directory.mkdir(parents=True)
    add(vi_en_file)
    assert not dead.exists()
    assert living.exists()


def test_a_place_that_cannot_be_written_to_is_a_typed_error(
    vi_en_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "file" / "packages"))
    with pytest.raises(CannotInstall, match="file"):
        add(vi_en_file)


def test_a_removed_package_is_gone_and_a_second_time_is_an_error(home: Path, vi_en_file: Path) -> None:
    package = add(vi_en_file)
    assert remove("vi-en") == (package,)
    assert left_behind(home) == ["packages"]
    with pytest.raises(MissingPackage):
        remove("vi-en")


def test_a_stray_directory_is_passed_over_with_a_warning(
    home: Path, vi_en_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    package = add(vi_en_file)
    (home / "leftover").mkdir()
    (home / "file.txt").write_text("x", encoding="utf-8")
    assert installed() == (package,)
    assert "leftover" in caplog.text


def test_the_newest_version_wins_whatever_the_order_of_names(lexical: dict[str, Any], tmp_path: Path) -> None:
    for version in ("1.10", "1.9"):
        add(lexical["build"](tmp_path / f"{version}.argosmodel", lexical["VI_EN"], version=version))
    assert package_for("vi", "en").version == "1.10"


def test_an_installed_package_wins_over_a_starter(
    vi_en_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(vi_en_file, tmp_path / "starter.argosmodel")
    entry = {"pair": "vi-en", "version": "9.0", "file": "starter.argosmodel", "licence": "CC0-1.0"}
    entry |= {"sha256": file_hash(vi_en_file), "decoding": {"beam_size": 3}}
    (tmp_path / "packages.json").write_text(json.dumps({"packages": [entry]}), encoding="utf-8")
    monkeypatch.setattr(packages, "STARTER_DIRECTORY", tmp_path)
    starter = package_for("vi", "en")
    assert (starter.origin, starter.decoding.beam_size) == ("starter", 3)
    assert engine_for(starter).translate(["Hôm nay trời mưa."])[0].text == "Today it rains."
    assert [found.state for found in verify()] == ["intact"]
    assert add(vi_en_file) == package_for("vi", "en")


def test_a_route_is_direct_or_through_english(vi_en_file: Path, en_es_file: Path) -> None:
    vi_en = add(vi_en_file)
    with pytest.raises(MissingPackage, match="en-es"):
        route("vi", "es")
    en_es = add(en_es_file)
    assert route("vi", "en") == (vi_en,)
    assert route("vi", "es") == (vi_en, en_es)
    assert route("en", "en") == ()


def test_verify_names_the_files_that_changed(vi_en_file: Path) -> None:
    package = add(vi_en_file)
    assert [(found.state, found.files) for found in verify()] == [("intact", ())]
    (package.path / "model" / "config.json").write_text("{}", encoding="utf-8")
    (package.path / "new").write_text("x", encoding="utf-8")
    assert [(found.state, found.files) for found in verify()] == [("changed", ("model/config.json", "new"))]


def test_a_package_that_argoss_own_tools_installed_is_identified_by_its_files(home: Path, vi_en_file: Path) -> None:
    home.mkdir(parents=True)
    with zipfile.ZipFile(vi_en_file) as archive:
        archive.extractall(home)
    (package,) = installed()
    assert [found.state for found in verify()] == ["unrecorded"]
    (package.path / "README.md").write_text("more", encoding="utf-8")
    assert installed()[0].sha256 != package.sha256
    assert engine_for(package).translate(["Hôm nay trời mưa."])[0].text == "Today it rains."


def test_argostranslate_itself_reads_what_we_installed(vi_en_file: Path) -> None:
    from argostranslate.package import Package

    package = add(vi_en_file)
    theirs = Package(package.path)
    assert (theirs.from_code, theirs.to_code, theirs.package_version) == ("vi", "en", "0.5")
