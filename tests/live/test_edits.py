"""Whatever is edited, in whatever order: the live site is what a build publishes."""

import os
import random
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.build import BuildOptions, build
from generator.live import disk, site
from generator.live.plan_check import check_plan
from generator.live.site import LiveOptions, LiveSite
from generator.model.problems import SiteError

pytestmark = pytest.mark.slow

SEEDS = int(os.environ.get("BROADSHEET_LIVE_SEEDS", "8"))
FIRST = int(os.environ.get("BROADSHEET_SEED", "0"))
NOW = datetime(2026, 6, 1, tzinfo=UTC)
CONFIG = "title: Tiny\npage_size: 3\nsections: [news, world]\nfeeds: {items: 3}\n"
CONFIGS = [
    CONFIG,
    CONFIG.replace("page_size: 3", "page_size: 2"),
    CONFIG + "permalink: /:year/:slug/\n",
    CONFIG.replace("[news, world]", "[world, news, sport]"),
]
TAGS = ["Ferry", "ferry", "Kursk", "C++", "Boats"]


class Newsroom:
    """Edits a site at random, and tells where it did."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.number = 0
        (folder / "content/articles").mkdir(parents=True)
        (folder / "config.yaml").write_text(CONFIG)
        for _ in range(8):
            self.add()

    @property
    def stories(self) -> list[Path]:
        return sorted((self.folder / "content/articles").rglob("*.md"))

    def edit(self) -> frozenset[str]:
        acts = [self.add, self.delete, self.rename, self.body, self.body, self.key, self.key]
        acts += [self.entry, self.layout, self.config, self.page, self.picture]
        acts += [self.own_picture, self.own_picture]
        return frozenset(self.chance.choice(acts)())

    def add(self) -> list[str]:
        self.number += 1
        date = NOW - timedelta(days=self.chance.randint(0, 200), hours=self.number)
        tag, section = self.chance.choice(TAGS), self.chance.choice(["news", "world"])
        return self.write(
            f"content/articles/story-{self.number}.md",
            f"---\ntitle: Story {self.number}\ndate: {date.isoformat()}\nsection: {section}\n"
            f"tags: [{tag}]\nauthor: Ann {self.chance.randint(1, 2)}\n---\nText {self.number}.\n",
        )

    def delete(self) -> list[str]:
        if len(self.stories) < 3:
            return []
        file = self.chance.choice(self.stories)
        file.unlink()
        return [self.path(file)]

    def rename(self) -> list[str]:
        self.number += 1
        file = self.chance.choice(self.stories)
        new = file.with_name(f"moved-{self.number}.md")
        file.rename(new)
        return [self.path(file), self.path(new)]

    def body(self) -> list[str]:
        file = self.chance.choice(self.stories)
        other = self.chance.choice(self.stories)
        words = self.chance.choice(["More.", f"[See]({other.name})", "![A](/a.svg)"])
        return self.write(self.path(file), f"{file.read_text()}\n{words}\n")

    def mend(self) -> frozenset[str]:
        """Take out the links between stories."""
        for file in self.stories:
            lines = file.read_text().split("\n")
            file.write_text("\n".join(line for line in lines if not line.startswith("[See]")))
        return frozenset(map(self.path, self.stories))

    def key(self) -> list[str]:
        file = self.chance.choice(self.stories)
        later = (NOW + timedelta(days=9)).isoformat()
        key, value = self.chance.choice(
            [
                ("title", f"Title {self.number}"),
                ("tags", f"[{self.chance.choice(TAGS)}, {self.chance.choice(TAGS)}]"),
                ("section", self.chance.choice(["news", "world"])),
                ("draft", self.chance.choice(["true", "false"])),
                ("embargo", later),
                ("expires", later),
                ("pinned", "true"),
                ("aliases", f"[/old-{file.stem}/]"),
                ("summary", "A summary."),
                ("date", (NOW - timedelta(days=self.chance.randint(0, 300))).isoformat()),
            ]
        )
        lines = [one for one in file.read_text().split("\n") if not one.startswith(f"{key}:")]
        return self.write(self.path(file), "\n".join([lines[0], f"{key}: {value}", *lines[1:]]))

    def entry(self) -> list[str]:
        path = self.chance.choice(["tags/ferry", "sections/world", "authors/ann-1"])
        title = self.chance.choice(["The Ferry", "Elsewhere"])
        key = "name" if path.startswith("authors") else "title"
        return self.write(f"content/{path}.md", f"---\n{key}: {title}\n---\nWords.\n")

    def page(self) -> list[str]:
        return self.write(
            "content/pages/about.md", f"---\ntitle: About {self.chance.randint(1, 9)}\n---\nUs.\n"
        )

    def layout(self) -> list[str]:
        file = self.folder / "layouts/article.html"
        if file.exists():
            file.unlink()
            return ["layouts/article.html"]
        return self.write("layouts/article.html", "{{ page.title }} {{ page.body }}")

    def config(self) -> list[str]:
        return self.write("config.yaml", self.chance.choice(CONFIGS))

    def picture(self) -> list[str]:
        width = self.chance.randint(1, 99)
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="9"/>'
        return self.write("static/a.svg", drawing)

    def own_picture(self) -> list[str]:
        """Draw a story's own picture, which may be the first, or give it another name."""
        story = self.chance.choice(self.stories)
        old, width = story.with_suffix(".svg"), self.chance.randint(1, 99)
        new = old.with_stem(f"{old.stem}-{width}") if old.exists() else old
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="9"/>'
        if new == old or self.chance.random() < 0.5:
            changed = self.write(self.path(old), drawing)
        else:
            old.rename(new)
            changed = [self.path(old), self.path(new)]
        lines = [one for one in story.read_text().split("\n") if not one.startswith("image:")]
        name = new.name if new.exists() else old.name
        text = "\n".join([lines[0], f"image: {name}", *lines[1:]])
        return [*changed, *self.write(self.path(story), text)]

    def write(self, path: str, text: str) -> list[str]:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return [path]

    def path(self, file: Path) -> str:
        return file.relative_to(self.folder).as_posix()


CLASHES = ("slug:", "url:", "aliases:")
HURT = (*CLASHES, "image:")
"""What may have become an error: a text that moves leaves its picture behind."""


class Daring(Newsroom):
    """Edits what else a site's addresses and words come from, and lets texts clash on the way."""

    def edit(self) -> frozenset[str]:
        acts = [self.redirects, self.redirects, self.clash, self.clash, self.clash, self.words]
        acts += [self.gallery, self.film, self.settings, self.taken, self.switched, self.ledger]
        if self.chance.random() < 0.4:
            return super().edit()
        return frozenset(self.chance.choice(acts)())

    def redirects(self) -> list[str]:
        """Lead some addresses on, or say that they are gone, in one list or the other."""
        story = self.chance.choice(self.stories).stem
        lines = [f"/old-{self.chance.randint(1, 3)}/,{{to}},{{status}}" for _ in range(3)]
        filled = [
            line.format(to="", status="410")
            if self.chance.random() < 0.4
            else line.format(to=self.chance.choice(["/", "/about/", "/world/"]), status="301")
            for line in dict.fromkeys(lines)
        ]
        if self.chance.random() < 0.2:
            filled.append(f"/old-{story}/,/,301")
        name = "redirects.csv"
        if (self.folder / name).exists() and self.chance.random() < 0.2:
            (self.folder / name).unlink()
            return [name]
        return self.write(name, "\n".join(["from,to,status", *filled, ""]))

    def clash(self) -> list[str]:
        """Give two texts one address, or one of them another again."""
        file = self.chance.choice(self.stories)
        key, value = self.chance.choice(
            [
                ("slug", self.chance.choice(self.stories).stem),
                ("slug", f"own-{self.number}"),
                ("url", "/about/"),
                ("url", "/tags/kursk/"),
                ("url", f"/{self.chance.choice(['old-1', 'one', 'two'])}/"),
                ("aliases", f"[/old-{self.chance.randint(1, 3)}/]"),
                ("", ""),
            ]
        )
        lines = [one for one in file.read_text().split("\n") if not one.startswith(CLASHES)]
        new = [f"{key}: {value}"] if key else []
        return self.write(self.path(file), "\n".join([lines[0], *new, *lines[1:]]))

    def switched(self) -> list[str]:
        """As another branch has it: a text becomes a folder of that name, with other words."""
        file = self.chance.choice(self.stories)
        new = file.with_suffix("") / "index.md"
        if file.name == "index.md":
            new = file.parent.with_suffix(".md")
        if new.exists():
            return []
        text = file.read_text() + "Switched.\n"
        file.unlink()
        return [self.path(file), *self.write(self.path(new), text)]

    def words(self) -> list[str]:
        path = "layouts/words/en.po"
        if (self.folder / path).exists() and self.chance.random() < 0.4:
            (self.folder / path).unlink()
            return [path]
        word = self.chance.choice(["Themes", "Subjects", "Rubrics"])
        return self.write(path, f'msgid "tags"\nmsgstr "{word}"\n')

    def gallery(self) -> list[str]:
        items = "".join(f"- ![{n}](/a.svg)\n" for n in range(self.chance.randint(1, 3)))
        file = self.chance.choice(self.stories)
        return self.write(self.path(file), f"{file.read_text()}\n{items}{{:.gallery}}\n")

    def film(self) -> list[str]:
        address = self.chance.choice(["https://vimeo.com/76979871", "https://social.example/@a/1"])
        file = self.chance.choice(self.stories)
        return self.write(self.path(file), f"{file.read_text()}\n{address}\n")

    def settings(self) -> list[str]:
        more = self.chance.choice(
            [
                "permalink: {news: '/:section/:slug/', world: '/w/:year/:slug.html'}\n",
                "permalink: /:slug/\n",
                "embeds: {allow: [social.example]}\n",
                "embeds: {direct: true}\n",
                "redirect_maps: [nginx]\n",
                "host: netlify\n",
                "outputs: {redirects: false}\n",
                "",
            ]
        )
        return self.write("config.yaml", CONFIG + more)

    def taken(self) -> list[str]:
        """A file of the newsroom's own comes where a page stands, or goes away again."""
        path = self.chance.choice(["static/world/index.html", "static/about", "static/robots.txt"])
        if (self.folder / path).exists():
            (self.folder / path).unlink()
            return [path]
        return self.write(path, "Ours.\n")

    def ledger(self) -> list[str]:
        lines = self.chance.choice(["/world/gone/ content/articles/gone.md\n", ""])
        return self.write("addresses.txt", lines)

    def mend(self) -> frozenset[str]:
        changed = set(super().mend())
        for file in self.stories:
            lines = file.read_text().split("\n")
            file.write_text("\n".join(line for line in lines if not line.startswith(HURT)))
        by_name: dict[str, Path] = {}
        for file in self.stories:
            name = (file.parent if file.name == "index.md" else file).stem
            if by_name.setdefault(name, file) is not file:
                file.unlink()
        for path in ("redirects.csv", "static/about", "static/world/index.html", "addresses.txt"):
            (self.folder / path).unlink(missing_ok=True)
            changed.add(path)
        return frozenset(changed | set(self.write("config.yaml", CONFIG)))


@pytest.mark.parametrize("newsroom_of", [Newsroom, Daring])
@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_the_live_site_is_what_a_build_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newsroom_of: type[Newsroom], seed: int
) -> None:
    monkeypatch.setattr(disk, "PATIENCE", 0.0)
    monkeypatch.setattr(site, "SMALL", 0)
    chance = random.Random(seed)  # noqa: S311 - edits, the same each time
    newsroom = newsroom_of(tmp_path / "site", chance)
    newsroom.page()
    newsroom.picture()
    live = LiveSite(newsroom.folder, LiveOptions(held=False, now=NOW))
    for _ in range(5):
        for _ in range(4):
            hints = newsroom.edit()
            live.refresh(hints if chance.random() < 0.8 else None)
        try:
            compare(live, newsroom.folder, tmp_path / "public")
        except SiteError:  # a link to a story that was deleted or held back since
            assert live.check() is not None
            live.refresh(newsroom.mend())
            compare(live, newsroom.folder, tmp_path / "public")
        live = restarted(live, newsroom, chance)


def restarted(live: LiveSite, newsroom: Newsroom, chance: random.Random) -> LiveSite:
    """The preview after a rest, in which a story or two may have changed, and a site been built."""
    if chance.random() < 0.7:
        check = live.check()
        if check:
            live.checked(check, check_plan(check.task))
    live.close()
    if chance.random() < 0.5:
        newsroom.body()
    if chance.random() < 0.3:
        with suppress(SiteError):
            build(BuildOptions(newsroom.folder, NOW, allow_shrink=True))
    return LiveSite(newsroom.folder, LiveOptions(held=False, now=NOW))


def compare(live: LiveSite, folder: Path, public: Path) -> None:
    """Every file of a clean build is answered so, and nothing else that there was before."""
    before = {file.relative_to(public) for file in public.rglob("*") if file.is_file()}
    shutil.rmtree(public, ignore_errors=True)
    build(BuildOptions(folder, NOW, public, allow_shrink=True))
    files = {file.relative_to(public) for file in public.rglob("*") if file.is_file()}
    for path in files:
        if path.name.startswith("."):
            continue
        answer = live.answer("/" + path.as_posix())
        data = answer.file.read_bytes() if answer.file else answer.data
        assert (answer.status, data) == (200, (public / path).read_bytes()), path
    for path in before - files:
        assert live.answer("/" + path.as_posix()).status == 404, path
