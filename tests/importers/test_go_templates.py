"""Go templates, as far as a shortcode needs them that only arranges its arguments."""

import pytest

from generator.importers.go_functions import Html, Known, UnsupportedError
from generator.importers.go_templates import Template, parse

ARGUMENTS: dict[object, str] = {"src": "a.jpg", "title": "A & B", 0: "zero"}


def expanded(source: str) -> str:
    dot = Known(
        Get=lambda key: ARGUMENTS.get(key, ""),
        Inner=Html("<b>in</b>"),
        Params={"src": "a.jpg"},
    )
    return Template(parse(source), {}).expanded(dot)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<img src="{{ .Get "src" }}">', '<img src="a.jpg">'),
        ('{{ .Get "title" }}', "A &amp; B"),
        ('{{ .Get "title" | safeHTML }}', "A & B"),
        ("{{ .Inner }}", "<b>in</b>"),
        ('{{ with .Get "none" }}x{{ else }}y{{ end }}', "y"),
        ('{{ with .Get "src" }}{{ . }}{{ end }}', "a.jpg"),
        ('{{ if eq (.Get 0) "zero" }}yes{{ else if true }}no{{ end }}', "yes"),
        ("{{ if and (.Get 0) (not (.Get 9)) }}x{{ end }}", "x"),
        ('{{ $a := .Get 9 | default "d" }}{{ $a | upper }}', "D"),
        ('{{ $c := "a" }}{{ if .Get 0 }}{{ $c = "b" }}{{ end }}{{ $c }}', "b"),
        ('{{ range $i, $e := split "a,b" "," }}{{ $i }}{{ $e }} {{ end }}', "0a 1b "),
        ('{{ printf "%s-%d" (.Get 0) 3 }}', "zero-3"),
        ("a {{- /* note */ -}} b {{- 1 -}} c", "ab1c"),
        ("{{ .Params.src }}", "a.jpg"),
        ("{{ define `a` }}<i>{{ . }}</i>{{ end }}{{ template `a` 1 }}", "<i>1</i>"),
        ("{{ block `a` 1 }}<i>{{ . }}</i>{{ end }}", "<i>1</i>"),
        ("{{ range seq 9 }}{{ if gt . 2 }}{{ break }}{{ end }}{{ . }}{{ end }}", "12"),
        ("{{ range seq 3 }}{{ if eq . 2 }}{{ continue }}{{ end }}{{ . }}{{ end }}", "13"),
        ("{{ $n := 0 }}{{ range seq 3 }}{{ $n = add $n . }}{{ end }}{{ $n }}", "6"),
        ('{{ replaceRE "(a)." "$1-" "abac" }} {{ findRE "[bc]" "abac" | len }}', "a-a- 2"),
        ('{{ delimit (slice "a" 2) "-" }} {{ mul 2 3.0 }}', "a-2 6"),
        ('{{ dateFormat "Jan 2, 2006" "2014-03-05" }}', "Mar 5, 2014"),
        ('{{ "}}" | safeHTML }}{{/* }} " */}}', "}}"),
        (
            "{{ path.Base `a/b.jpg` }} {{ math.Ceil 1.2 }} {{ strings.FirstUpper `ab` }}",
            "b.jpg 2 Ab",
        ),
    ],
)
def test_arguments_are_arranged(source: str, text: str) -> None:
    assert expanded(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ range .Site.Pages }}{{ end }}",
        "{{ partial `x` . }}",
        "{{ if .Get 0 }}never closed",
        "{{ end }}",
        "{{ .Nothing }}",
        "{{ index 1 2 3 }}",
        "{{ template `x` }}",
        "{{ break }}",
        "{{ return 1 }}",
        "{{ never closed",
        "{{ `never closed }}",
        "{{ seq 9999999 }}",
        '{{ findRE "(" "a" }}',
        '{{ dateFormat "2006" "soon" }}',
        "{{ ( }}",
        "{{ .Params }}",
    ],
)
def test_whatever_else_a_template_does_is_not_guessed(source: str) -> None:
    with pytest.raises(UnsupportedError):
        expanded(source)


def test_a_template_that_never_ends_is_given_up() -> None:
    many = "{{ range seq 1000 }}" * 3 + "x" + "{{ end }}" * 3
    with pytest.raises(UnsupportedError):
        expanded(many)


XY = '{{ $a := "xy" }}'
ONE = "{{ $a := slice 1 1 }}"


@pytest.mark.parametrize(
    "source",
    [
        '{{ printf "%1000000000d" 1 }}',
        XY + '{{ $a = printf "%s%s" $a $a }}' * 40,
        XY + "{{ $a = print $a $a }}" * 40,
        XY + '{{ $a = replace $a "" $a }}' * 8,
        ONE + "{{ $a = append $a $a }}" * 40,
        ONE + "{{ $a = slice $a $a }}" * 40 + "{{ $a }}",
        ONE + '{{ $a = dict "a" $a "b" $a }}' * 40 + "{{ jsonify $a }}",
        "{{ $a := 99999 }}" + "{{ $a = mul $a $a }}" * 40,
    ],
)
def test_what_would_fill_the_memory_is_given_up(source: str) -> None:
    with pytest.raises(UnsupportedError):
        expanded(source)
