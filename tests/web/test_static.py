"""What is served as it is: copied files are the ones that were reviewed, and nothing in our own needs a relaxed policy."""

import re
import tomllib
from hashlib import sha256
from pathlib import Path

import bot

STATIC = Path(bot.__file__).parent / "web" / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = [*Path(bot.__file__).parent.rglob("templates/**/*.html")]


def listed():
    return tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["file"]


def test_copied_files_are_the_ones_that_were_reviewed():
    for each in listed():
        assert sha256((VENDOR / each["path"]).read_bytes()).hexdigest() == each["sha256"], each["path"]


def test_every_copied_file_is_listed_with_its_licence():
    assert {path.name for path in VENDOR.iterdir()} - {"VENDOR.toml"} == {each["path"] for each in listed()}
    for each in listed():
        assert (VENDOR / each["license_file"]).is_file()
        assert each["name"]
        assert each["version"]


def test_the_stylesheet_asks_nobody_else_for_anything():
    css = (STATIC / "look.css").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", css)


def test_no_template_has_an_inline_script_or_style_or_marks_anything_safe():
    assert TEMPLATES
    for path in TEMPLATES:
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son[a-z]+=|javascript:|hx-on|hx-vals", html), (
            path
        )
        assert "|safe" not in html.replace(" ", ""), path
        assert "autoescape" not in html, path


def test_the_streams_script_is_there_before_htmx_begins():
    base = next(path for path in TEMPLATES if path.name == "base.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script [^>]*>", base)
    assert [re.search(r'static\("([^"]+)"', each)[1] for each in scripts] == [
        "vendor/htmx.min.js",
        "vendor/hx-sse.min.js",
        "enter.js",
        "away.js",
    ]
    assert not any("defer" in each or "async" in each for each in scripts)
    assert base.index("<script ") > base.index("{% block content %}")
