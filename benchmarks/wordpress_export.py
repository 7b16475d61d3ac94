"""A WordPress export of any number of posts, to measure how an import grows.

python -m benchmarks.wordpress_export 5000 export.xml
/usr/bin/time -v broadsheet import wordpress export.xml --site new
"""

import sys
from pathlib import Path
from random import Random

from tests.support.wordpress import BASE, END, HEAD, attachment, author, category, item, meta, term

WORDS = (
    *("the", "harbour", "board", "said", "on", "Tuesday", "that", "ferry", "traffic", "would"),
    *("resume", "after", "storm", "damage", "had", "been", "repaired", "by", "crews", "working"),
    *("nights", "while", "residents", "asked", "why", "nobody", "told", "them", "earlier"),
)
SECTIONS = ("news", "harbour", "sport", "culture", "opinion")
WRITERS = ("mara", "lena", "yusuf", "otto")
UPLOADS = f"{BASE}/wp-content/uploads"


def body(random: Random, number: int) -> str:
    """A body of some 6,000 characters, in blocks or as the old editor left it."""
    in_blocks = number % 2
    paragraphs = [_paragraph(random) for _ in range(10)]
    wrap = "<!-- wp:paragraph -->\n<p>{}</p>\n<!-- /wp:paragraph -->" if in_blocks else "{}"
    parts = [wrap.format(paragraph) for paragraph in paragraphs]
    parts.insert(3, "<h2>What follows</h2>")
    parts.insert(5, _picture(number, in_blocks=bool(in_blocks)))
    parts.insert(7, "<ul><li>One</li><li>Two <strong>three</strong></li></ul>")
    return "\n\n".join(parts)


def _paragraph(random: Random) -> str:
    sentences = [" ".join(random.choices(WORDS, k=14)).capitalize() + "." for _ in range(5)]
    link = f'<a href="{BASE}/2014/05/post-{random.randrange(1, 400)}/">as told</a>'
    return f"{' '.join(sentences)} <em>It is</em> {link}, “so” &amp; so."


def _picture(number: int, *, in_blocks: bool) -> str:
    image = f'<img src="{UPLOADS}/2014/05/p{number}-1024x683.jpg" alt="A boat" />'
    if in_blocks:
        caption = "<figcaption>At sea. Photo: X</figcaption>"
        return f'<figure class="wp-block-image">{image}{caption}</figure>'
    return f'[caption id="a{number}" width="300"]{image} At sea. Photo: X[/caption]'


def write_export(posts: int, file: Path) -> None:
    """Write an export of so many posts, each with a picture."""
    random = Random(7)
    with file.open("w", encoding="utf-8") as stream:
        stream.write(HEAD.format(version="1.2", base=BASE))
        stream.writelines(author(name, name.capitalize()) for name in WRITERS)
        stream.writelines(category(n, slug, slug.title()) for n, slug in enumerate(SECTIONS, 1))
        for number in range(1, posts + 1):
            year, month, day = 2008 + number % 15, number % 12 + 1, number % 28 + 1
            date = f"{year}-{month:02}-{day:02} 10:00:00"
            record = item(
                number,
                f"Post {number}",
                body(random, number),
                term("category", SECTIONS[number % 5], SECTIONS[number % 5].title()),
                *(term("post_tag", f"tag-{n}", f"Tag {n}") for n in random.sample(range(300), 3)),
                meta("_thumbnail_id", str(posts + number)),
                date=date,
                gmt=date,
                creator=WRITERS[number % 4],
            )
            stream.write(f"{record}\n{attachment(posts + number, f'2014/05/p{number}.jpg')}\n")
        stream.write(END)


if __name__ == "__main__":
    write_export(int(sys.argv[1]), Path(sys.argv[2]))
