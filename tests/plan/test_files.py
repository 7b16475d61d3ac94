"""Files published as they are."""

from generator.model.article import (
    Author,
    Image,
    Newsroom,
    Section,
    SourceFile,
    Tag,
)
from generator.model.config import OutputOptions
from generator.model.outputs import FileCopy, Output
from generator.model.values import replace
from generator.plan.files import unnamed_files
from generator.plan.plan import Plan
from tests.support.planning import CONFIG, arranged, planned, source, story


def files(*paths: str) -> tuple[SourceFile, ...]:
    return tuple(SourceFile(path, 1, f"digest of {path}") for path in paths)


def copies(plan: Plan) -> dict[str, str]:
    return {
        output.path: output.value.source_path
        for output in plan.outputs
        if isinstance(output.value, FileCopy)
    }


def test_static_files_keep_their_places() -> None:
    plan, problems = planned(Newsroom(files=files("static/logo.png", "static/.well-known/a b")))
    assert copies(plan) == {
        "logo.png": "static/logo.png",
        ".well-known/a b": "static/.well-known/a b",
    }
    assert problems == ()
    assert (
        Output(
            "logo.png",
            FileCopy("static/logo.png", "digest of static/logo.png"),
            "",
            "static/logo.png",
        )
        in plan.outputs
    )


def test_own_files_stand_under_the_address_of_each_text_that_names_them() -> None:
    newsroom = Newsroom(
        (story("a", links=["boat.jpg"]), story("b", image=Image("boat.jpg")), story("c/index")),
        files=files(
            "content/articles/boat.jpg", "content/articles/c/d/e.pdf", "content/articles/f"
        ),
    )
    assert copies(planned(newsroom)[0]) == {
        "news/a/boat.jpg": "content/articles/boat.jpg",
        "news/b/boat.jpg": "content/articles/boat.jpg",
        "news/index/d/e.pdf": "content/articles/c/d/e.pdf",
    }


def test_the_files_of_subjects_come_with_their_pages() -> None:
    newsroom = Newsroom(
        (story("a", tags=["Kursk"]),),
        tags=(
            Tag(
                "kursk",
                "Kursk",
                "kursk",
                image=Image("t.jpg"),
                source=source("content/tags/kursk.md"),
            ),
        ),
        sections=(Section("news", "News", source=source("content/sections/news.md", "s.jpg")),),
        authors=(
            Author(
                "jd", "JD", "jd", portrait=Image("p.jpg"), source=source("content/authors/jd.md")
            ),
        ),
        files=files("content/tags/t.jpg", "content/sections/s.jpg", "content/authors/p.jpg"),
    )
    plan, problems = planned(newsroom)
    assert problems == ()
    assert copies(plan) == {
        "tags/kursk/t.jpg": "content/tags/t.jpg",
        "news/s.jpg": "content/sections/s.jpg",
        "authors/jd/p.jpg": "content/authors/p.jpg",
    }
    off = replace(CONFIG, outputs=OutputOptions(sections=False, tags=False, authors=False))
    assert copies(planned(newsroom, off)[0]) == {}


def test_two_files_of_one_name_in_one_story_collide() -> None:
    newsroom = Newsroom(
        (story("a", links=["../x/boat.jpg", "../y/boat.jpg"]),),
        files=files("content/x/boat.jpg", "content/y/boat.jpg"),
    )
    _, problems = planned(newsroom)
    [message] = [str(getattr(problem, "message", "")) for problem in problems]
    assert message == "would be published as news/a/boat.jpg, and so would content/x/boat.jpg"


def unnamed(newsroom: Newsroom) -> list[str]:
    site, _ = arranged(newsroom)
    found = dict(unnamed_files(site, site.every_file))
    assert not any(problem.is_error for problem in found.values())
    assert list(found) == [problem.place.path for problem in found.values()]
    return list(found)


def test_a_file_that_no_text_names_is_told() -> None:
    newsroom = Newsroom(
        (
            story("a", links=["boat.jpg"]),
            story("b/index"),
            story("hidden", draft=True, links=["plan.pdf"]),
        ),
        tags=(Tag("x", "X", "x", image=Image("x.jpg"), source=source("content/tags/x.md")),),
        files=files(
            *(
                f"content/articles/{name}"
                for name in ("boat.jpg", "b/c.jpg", "plan.pdf", "lost.jpg")
            ),
            "content/tags/x.jpg",
            "static/anything",
        ),
    )
    assert unnamed(newsroom) == ["content/articles/lost.jpg"]


def test_a_file_beside_a_text_that_could_not_be_read_may_be_named_by_it() -> None:
    newsroom = Newsroom(
        files=files(
            "content/articles/x/a.jpg", "content/articles/x/y/b.jpg", "content/articles/c.jpg"
        ),
        broken=("content/articles/x/bad.md",),
    )
    assert unnamed(newsroom) == ["content/articles/c.jpg"]
