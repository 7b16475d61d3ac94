from pathlib import Path

from generator.importers.restructured import RestructuredText, read_restructured


def read(folder: Path, text: str, *, takes_title: bool = True) -> RestructuredText:
    return read_restructured(text, source=folder / "a.rst", root=folder, takes_title=takes_title)


def test_title_fields_and_body(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "The flood\n#########\n\n:date: 2014-03-05\n:summary: It *rose*.\n\nThe river.\n",
    )
    assert found.title == "The flood"
    assert found.fields == (
        ("date", "2014-03-05", "2014-03-05"),
        ("summary", "It rose.", "It <em>rose</em>."),
    )
    assert found.html == "<p>The river.</p>"


def test_code_names_its_language_and_takes_any_option(tmp_path: Path) -> None:
    found = read(tmp_path, ".. code-block:: python\n   :linenos:\n   :strange: x\n\n   a < b\n")
    assert found.html == '<pre><code class="language-python">a &lt; b\n</code></pre>'


def test_what_docutils_does_not_know_is_named_and_kept(tmp_path: Path) -> None:
    found = read(tmp_path, ".. wild:: thing\n\n   The *words*.\n\nSee :odd:`here`.\n")
    assert found.unknown == ("wild", "role odd")
    assert found.html == "<p>The <em>words</em>.</p>\n<p>See here.</p>"


def test_a_film_is_a_player(tmp_path: Path) -> None:
    assert (
        "youtube-nocookie.com/embed/abcdefghijk"
        in read(tmp_path, ".. youtube:: abcdefghijk\n").html
    )


def test_headings_stand_by_themselves_and_lists_are_tight(tmp_path: Path) -> None:
    found = read(tmp_path, "A\n=\n\n- b\n- c\n\nD\n=\n\ne\n")
    assert found.html == (
        '<h2 id="a">A</h2>\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n<h2 id="d">D</h2>\n<p>e</p>'
    )


def test_include_stays_within_the_project(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (project / "part.txt").write_text("The *part*.\n", "utf-8")
    found = read(project, ".. include:: part.txt\n\n.. include:: ../secret.txt\n")
    assert found.html == "<p>The <em>part</em>.</p>"
    assert found.unknown == ("include ../secret.txt",)
    raw = read(project, ".. raw:: html\n   :file: ../secret.txt\n")
    assert "secret" not in raw.html


def test_notes_lead_to_their_marks_and_back(tmp_path: Path) -> None:
    html = read(tmp_path, "A [1]_.\n\n.. [1] B.\n").html
    assert '<a href="#footnote-1">1</a>' in html
    assert '<li id="footnote-1">' in html
    assert '<a href="#footnote-reference-1">' in html


def test_notes_with_numbers_of_their_own_keep_them(tmp_path: Path) -> None:
    html = read(tmp_path, "A [0]_.\n\n.. [0] But.\n").html
    assert '<a href="#footnote-1">0</a>' in html
    assert "<p>[0]</p><p>But.</p>" in html


def test_faults_are_no_part_of_the_text(tmp_path: Path) -> None:
    html = read(tmp_path, "A `link_ and |missing| and missing_.\n\n  - a\n - b\n").html
    assert "System Message" not in html
    assert "missing" in html


def test_verse_keeps_its_lines(tmp_path: Path) -> None:
    assert read(tmp_path, "| a\n| b\n").html == "<p>a<br>\nb</p>"
