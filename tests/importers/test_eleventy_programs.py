"""Texts of an Eleventy project that are programs: read, and worked out as far as that goes."""

from pathlib import Path

import pytest

from generator.importers.eleventy import open_site
from generator.importers.old_site import OldSite, OldText, State
from tests.support.old_sites import opened

CONFIG = """
    -- eleventy.config.js --
    module.exports = function (eleventyConfig) {
      eleventyConfig.addFilter("shout", (text) => `${text}!`);
      return { dir: { input: "src" } };
    };
    -- src/_data/boats.json --
    ["Tern", "Gull"]
"""


def program(folder: Path, source: str, name: str = "about.11ty.js") -> tuple[OldSite, OldText]:
    lines = "".join(f"    {line}\n" for line in source.strip().split("\n"))
    site, found = opened(open_site, folder, f"{CONFIG}    -- src/{name} --\n{lines}")
    return site, found[f"src/{name}"]


@pytest.mark.parametrize(
    "source",
    [
        """
exports.data = { title: "Boats" };
exports.render = function (data) {
  return `<ul>${data.boats.map((boat) => `<li>${this.shout(boat)}</li>`).join("")}</ul>`;
};""",
        """
class Boats {
  data() { return { title: "Boats" }; }
  render({ boats }) {
    return `<ul>${boats.map((boat) => `<li>${this.shout(boat)}</li>`).join("")}</ul>`;
  }
}
module.exports = Boats;""",
        """
export const data = { title: "Boats" };
export async function render({ boats }) {
  let made = "";
  for (const boat of boats) { made += `<li>${this.shout(boat)}</li>`; }
  return `<ul>${made}</ul>`;
}""",
        """
module.exports = {
  data: { title: "Boats" },
  render(data) {
    return "<ul>" + data.boats.map(b => `<li>${this.shout(b)}</li>`).join("") + "</ul>";
  },
};""",
    ],
)
def test_what_a_program_shows_is_worked_out(tmp_path: Path, source: str) -> None:
    site, text = program(tmp_path, source)
    assert (text.addresses, text.head["title"]) == (("/about/",), "Boats")
    assert (text.name, text.body.strip()) == ("about", "- Tern!\n- Gull!")
    assert [*site.remarks()] == []


def test_a_function_alone_is_a_program_too(tmp_path: Path) -> None:
    _, text = program(
        tmp_path, "module.exports = (data) => `<p>${data.page.url}</p>`;", "a.11ty.cjs"
    )
    assert text.body.strip() == "/a/"


@pytest.mark.parametrize(
    "source",
    [
        "exports.render = () => require('fs').readFileSync('/etc/passwd');",
        "exports.data = { title: 'A' };",
        "exports.render = () => { while (true) {} };",
        "exports.render = function (",
        "(" * 3000,
    ],
)
def test_a_program_that_does_more_is_left_out_and_named(tmp_path: Path, source: str) -> None:
    site, text = program(tmp_path, source)
    assert text.state is State.LEFT_OUT
    assert [(one.kind, one.is_loss) for one in site.remarks()] == [
        ("a text that is a program was left out", True)
    ]


def test_a_program_that_lists_texts_or_makes_a_feed_is_no_loss(tmp_path: Path) -> None:
    source = "exports.render = (data) => data.collections.post.map((one) => one.url).join('');"
    site, text = program(tmp_path, source)
    assert (text.state, [*site.remarks()]) == (State.LEFT_OUT, [])
    feed = "exports.data = { permalink: '/feed.xml' };\nexports.render = () => '<feed/>';"
    site, text = program(tmp_path / "other", feed)
    assert (text.state, [*site.remarks()]) == (State.LEFT_OUT, [])
