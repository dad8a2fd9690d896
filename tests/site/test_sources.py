"""A coach can change words and colours under site/; whatever could let a text out, or something else in, is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from confide.model.problem import Malformed
from confide.site.build import build_site
from tests.site.sample import PAYER

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "site", tmp_path / "site")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def refusal(root: Path) -> str:
    with pytest.raises(Malformed) as refused:
        build_site(PAYER, root)
    return "\n".join(map(str, refused.value.problems))


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("  - search:", "  - social\n  - search:", "mkdocs.yml: the plugin `material/social`"),
        ("  - tables", "  - tables\n  - pymdownx.snippets", "the Markdown extension `pymdownx.snippets`"),
        ("font: false", "font: {text: Roboto}", "`font` is not `false`"),
        ("strict: true", "strict: true\nrepo_url: https://e.example/x", "the setting `repo_url`"),
        ("strict: true", "strict: true\nextra_javascript: [x.js]", "the setting `extra_javascript`"),
        ("docs_dir: site/pages", "docs_dir: site", "`docs_dir` is not `site/pages`"),
        ("generator: false", "generator: false\n  analytics: {provider: google}", "the setting `extra.analytics`"),
        ("    - navigation.tabs\n", "    - navigation.instant\n", "the feature `navigation.instant`"),
        ("name: material", "name: mkdocs", "mkdocs.yml cannot be used"),
        ("strict: true", "strict: true\nno_such: 1", "no_such"),
        ("site_name:", "site_name", "mkdocs.yml cannot be used"),
    ],
)
def test_settings_that_reach_outside_are_refused(root: Path, old: str, new: str, finding: str) -> None:
    """Plugins, extensions, scripts, fonts and other directories: each is named, with the reason."""
    config = root / "mkdocs.yml"
    assert old in config.read_text(encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert finding in refusal(root)


@pytest.mark.parametrize(
    ("plant", "finding"),
    [
        (lambda pages: (pages / "how" / "x.md").write_text("# X\n"), "how/x.md"),
        (lambda pages: (pages / "how" / "limits.md").write_text("# X\n\n[x](nowhere.md)\n"), "nowhere.md"),
        (lambda pages: (pages / "how" / "limits.md").write_text("# X\n\n[x](#nowhere)\n"), "#nowhere"),
        (lambda pages: (pages / "how" / "limits.md").write_text("# X\n\n<script>x</script>\n"), "an inline script"),
        (
            lambda pages: (pages / "how" / "limits.md").write_text("# X\n\n![x](https://e.example/x)\n"),
            "from elsewhere",
        ),
        (lambda pages: (pages / "x.md").symlink_to("/etc/hostname"), "a symbolic link"),
        (shutil.rmtree, "`site/pages` is missing"),
    ],
)
def test_pages_that_lead_astray_are_refused(root: Path, plant: Callable[[Path], object], finding: str) -> None:
    """Dead links, pages nobody finds, scripts, pictures of others, and files from elsewhere stop the build."""
    plant(root / "site" / "pages")
    assert finding in refusal(root)


def test_a_theme_with_a_script_of_its_own_is_refused(root: Path) -> None:
    """Overriding a template of the theme brings no script through."""
    partial = root / "site" / "theme" / "partials" / "javascripts" / "content.html"
    partial.parent.mkdir(parents=True)
    partial.write_text("<script>send(document.body)</script>")
    assert "an inline script that is not the theme's" in refusal(root)


def test_changed_words_and_colours_are_built(root: Path) -> None:
    """A page of the coach's own joins the policy, the style follows; the next site is made from what is there now."""
    build_site(PAYER, root)
    config = root / "mkdocs.yml"
    nav = "  - Limits: how/limits.md\n"
    config.write_text(
        config.read_text(encoding="utf-8").replace(nav, nav + "  - Mine: how/mine.md\n"), encoding="utf-8"
    )
    (root / "site" / "pages" / "how" / "mine.md").write_text("# Mine\n\nSee [limits](limits.md).\n")
    (root / "site" / "theme" / "assets" / "print.css").write_text("body { color: #123456 }\n")
    site = build_site(PAYER, root)
    assert b'href="../limits/"' in site.files["how/mine/index.html"]
    assert site.assets["assets/print.css"] == b"body { color: #123456 }\n"
    assert site.assets_hash != build_site(PAYER, ROOT).assets_hash
