"""Values kept between two runs come back as they were."""

import json
from datetime import UTC, date, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.article import Article, ArticleType, Author, Image, Name, Source
from generator.model.body import BodyFacts, LinkTarget
from generator.model.codec import NotPlainError, decode, encode
from generator.model.frozen import FrozenMap, freeze
from generator.model.problems import Place, Problem, Severity

KYIV = ZoneInfo("Europe/Kyiv")
texts = st.text(max_size=8)
instants = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    timezones=st.just(UTC),
).map(lambda instant: instant.astimezone(KYIV))
names = st.tuples(texts, texts, texts).map(lambda parts: Name(*parts))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
sources = st.builds(
    Source,
    texts,
    texts,
    st.builds(
        BodyFacts,
        st.integers(),
        st.booleans(),
        texts,
        st.lists(
            st.builds(
                LinkTarget, texts, st.integers(), st.integers(), st.booleans(), st.booleans()
            ),
            max_size=2,
        ).map(tuple),
    ),
)
articles = st.builds(
    Article,
    source=sources,
    address=texts,
    id=texts,
    slug=texts,
    title=texts,
    date=instants,
    section=texts,
    updated=st.none() | instants,
    tags=st.lists(names, max_size=2).map(tuple),
    authors=st.lists(names, max_size=2).map(tuple),
    image=st.none() | st.builds(Image, texts, texts, texts, texts),
    type=st.sampled_from(ArticleType),
    weight=st.integers(),
    extra=st.dictionaries(texts, plain, max_size=3).map(freeze),
)


@given(articles)
def test_an_article_survives_json(article: Article) -> None:
    stored = json.dumps(encode(article))
    found = decode(Article, json.loads(stored), KYIV)
    assert found == article
    assert repr(found) == repr(article)


@given(
    st.builds(
        Problem,
        st.builds(Place, texts, st.integers(), st.integers()),
        texts,
        texts,
        st.sampled_from(Severity),
        texts,
        st.integers(),
        st.lists(texts | st.integers(), max_size=3).map(tuple),
    )
)
def test_a_problem_survives_json(problem: Problem) -> None:
    found = decode(Problem, json.loads(json.dumps(encode(problem))), UTC)
    assert repr(found) == repr(problem)


def test_equal_names_are_one_value_after_decoding() -> None:
    name = ["War", "war", "war"]
    assert decode(Name, name, UTC) is decode(Name, list(name), UTC)


def test_what_is_as_usual_at_the_end_is_left_out() -> None:
    assert encode(Image("map.png", caption="Tarrow")) == ["map.png", "", "Tarrow"]
    assert encode(BodyFacts()) == []


def test_decoding_leaves_the_plain_value_as_it_was() -> None:
    stored = encode(Source("a.md", "0f", BodyFacts(1, True, "", (LinkTarget("b", 1, 2),))))
    before = json.dumps(stored)
    decode(Source, stored, UTC)
    assert json.dumps(stored) == before


@pytest.mark.parametrize("value", [date(1907, 5, 1), HTTPStatus.OK])
def test_a_value_that_json_would_change_is_refused(value: object) -> None:
    with pytest.raises(NotPlainError):
        encode(FrozenMap((("founded", value),)))


@pytest.mark.parametrize(
    "stored",
    [
        ["a.md"],
        ["a.md", "0f", [1, True, "", []], 1],
        ["a.md", "0f", None],
        ["a.md", "0f", [True, True, "", []]],
        ["a.md", "0f", [1, 2]],
        ["a.md", "0f", [1, True, "", None]],
        ["a.md", "0f", [1, True, "", {}]],
        ["a.md", "0f", [1, True, "", ["b"]]],
        ["a.md", "0f", [1, True, "", [["b", 1.0, 2, False, False]]]],
    ],
)
def test_another_shape_inside_is_refused(stored: object) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        decode(Source, stored, UTC)


@pytest.mark.parametrize("extra", [None, [], "a", [["a", 1]]])
def test_what_is_no_mapping_is_refused_where_one_should_be(extra: object) -> None:
    assert decode(Author, ["jo", "Jo", "jo", "", [], None, "", None, {"a": 1}], UTC).extra["a"] == 1
    with pytest.raises(TypeError):
        decode(Author, ["jo", "Jo", "jo", "", [], None, "", None, extra], UTC)


@pytest.mark.parametrize("key", [1.5, None, True, ["a"]])
def test_what_is_none_of_the_kinds_a_field_takes_is_refused(key: object) -> None:
    assert decode(Problem, [["a.md"], "", "", "error", "", 1, ["a", 0]], UTC).keys == ("a", 0)
    with pytest.raises(TypeError):
        decode(Problem, [["a.md"], "", "", "error", "", 1, [key]], UTC)


@pytest.mark.parametrize(
    "stored", [None, [], ["src", 1, "", ""], ["a", "", "", "", "", ""], {"src": "a"}, "abcd"]
)
def test_another_shape_is_refused(stored: object) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        decode(Image, stored, UTC)
