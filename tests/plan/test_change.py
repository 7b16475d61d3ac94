"""What is put in bit by bit, held against all at once; and what a change is said to touch."""

from collections.abc import Iterable
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from generator.model.addresses import address_of
from generator.model.body import Body
from generator.model.config import Config, FeedOptions, OutputOptions
from generator.model.feeds import Feed
from generator.model.mentions import Mentions
from generator.model.outputs import Output
from generator.model.problems import Problem
from generator.model.runs import Index, Run, Stock
from generator.model.site import Site
from generator.model.values import replace
from generator.plan.arrange import BROKEN, View, empty_site, put
from generator.plan.change import Change
from generator.plan.files import files_to_name, unnamed_files
from generator.plan.kinds import KINDS, reserved_by
from generator.plan.own_files import mentions_of
from generator.plan.plan import Plan
from tests.support.papers import Files, after, later, news_of, papers
from tests.support.planning import INDEXES, NOW, STYLE, contents, name_of

THEME = (STYLE,)
CONFIG = Config(title="The Gazette", base_url="https://example.org/", page_size=2, related=2)
QUIET = OutputOptions(archive=False, sections=False, tag_feeds=False, json_feed=False)
CONFIGS = (
    CONFIG,
    replace(CONFIG, outputs=QUIET),
    replace(CONFIG, related=1, feeds=FeedOptions(full_text=True)),
    replace(CONFIG, outputs=OutputOptions(tags=False, authors=False), related=0),
)
LISTED = ((), (name_of("world"),))


def names_in(files: Iterable[object]) -> set[str]:
    """All that some texts name."""
    texts = (text for text in files if hasattr(text, "source"))
    return {name for text in texts for name in mentions_of(text)}


def recalled(site: Site, view: View) -> Site:
    """A Site as a record of it gives it back: nothing is fetched before it is asked for."""
    stories = {article.source.path: article for article in site.articles}
    stock = Stock(site.articles.stock.keys, stories.__getitem__)

    def run(known: Run) -> Run:
        return Run(stock, known.numbers)

    def index(known: Index) -> Index:
        return Index(stock, known.all, lambda: [*known])

    bare = replace(
        empty_site(view, stock),
        **{
            name: run(getattr(site, name))
            for name in ("articles", "pinned", "picking", "moved", "timed")
        },
        **{
            uses: {
                key: {name: run(known) for name, known in spelt.items()}
                for key, spelt in getattr(site, uses).items()
            }
            for uses in ("section_uses", "tag_uses", "author_uses")
        },
        months={month: run(known) for month, known in site.months.items()},
        month_changes=site.month_changes,
        **{name: index(getattr(site, name)) for name in INDEXES},
        texts=site.texts,
        hidden=site.hidden,
        files=dict(site.every_file),
        every_file=dict(site.every_file),
        mentions=Mentions(site.mentions.of),
        broken=site.broken,
    )
    return put(bare, {}, replace(view, now=site.now)).after


def by_path(plan: Plan) -> dict[str, Output]:
    return {slot.path: plain(slot.made()) for slot in plan.slots}


def plain(output: Output) -> Output:
    """An Output in which all dead links are alike: each stops the build, whatever it is told."""
    value: Any = output.value
    if isinstance(value, Feed):
        items = (replace(item, source=undead(item.source)) for item in value.items)
        return replace(output, value=replace(value, items=tuple(items)))
    if isinstance(getattr(value, "source", None), Body):
        return replace(output, value=replace(value, source=undead(value.source)))
    return output


def undead(body: Body | None) -> Body | None:
    """A body whose dead links are told in no words."""
    if body is None:
        return None
    links = (replace(link, fault="dead", hint="") if link.fault else link for link in body.resolved)
    return replace(body, resolved=tuple(links))


def reached(change: Change, before: Plan, plan: Plan) -> frozenset[str]:
    """The paths of all files that a change is said to touch, at once or by what links to them."""
    touched = plan.touched(change, before)
    moved = (path for path in touched if (plan.at(path) is None) != (before.at(path) is None))
    return touched | plan.naming(change, map(address_of, moved))


def told(site: Site, plan: Plan) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with a Site and its plan, by who found it; in no order."""
    found = {"site": site.problems, **plan.problems()}
    return {name: tuple(sorted(problems, key=repr)) for name, problems in found.items()}


def has_error(found: dict[str, tuple[Problem, ...]]) -> bool:
    return any(problem.is_error for problems in found.values() for problem in problems)


def hold_plan(change: Change, before: Plan, plan: Plan) -> str:
    """Hold what a change touches against the plans before and after it; tells what came of it."""
    faults, found = told(change.before, before), told(change.after, plan)
    if has_error(faults):
        return "from an error"
    again = {name: told for name, told in plan.problems(change).items() if told is not None}
    again |= {"site": change.after.problems}
    if has_error(found):
        paths = reached(change, before, plan)
        assert has_error({**faults, **again}) or any(map(plan.is_contested, paths))
        return "to an error"
    news = {name: tuple(sorted(problems, key=repr)) for name, problems in again.items()}
    assert {**faults, **news} == found
    old, new = by_path(before), by_path(plan)
    differing = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    paths = reached(change, before, plan)
    assert differing - paths == set()
    again = {path: plan.at(path) for path in paths}
    assert {path: made and plain(made) for path, made in again.items()} == {
        path: new.get(path) for path in paths
    }
    return "in part"


def hold_unnamed(change: Change) -> None:
    """Hold what is said of files that nobody names against looking at all of them again."""
    before, site, asked = change.before, change.after, files_to_name(change)
    known = dict(unnamed_files(before, before.every_file))
    kept = {path: problem for path, problem in known.items() if path not in asked}
    assert {**kept, **dict(unnamed_files(site, asked))} == dict(
        unnamed_files(site, site.every_file)
    )


def hold(data: st.DataObject, steps: int) -> None:
    """Put news into a paper step by step, and hold each Site and plan against all at once."""
    config, listed = data.draw(st.sampled_from(CONFIGS)), data.draw(st.sampled_from(LISTED))
    view = View(config, NOW, listed, reserved_by(KINDS), drafts=data.draw(st.booleans()))
    files: Files = data.draw(papers())
    named = names_in(files.values())
    site = put(empty_site(view), files, view).after
    for _ in range(steps):
        before = Plan(site, config, THEME)
        news, was_sound = data.draw(news_of(files)), BROKEN not in files.values()
        view = replace(view, now=data.draw(later(view.now)))
        files, named = after(files, news), named | names_in(news.values())
        change = put(site, news, view)
        anew = put(empty_site(view), files, view).after
        assert contents(change.after, named) == contents(anew, named)
        plan, whole = Plan(change.after, config, THEME), Plan(anew, config, THEME)
        assert (plan.frame, plan.next_change) == (whole.frame, whole.next_change)
        assert plan.outputs == whole.outputs
        event(hold_plan(change, before, Plan(change.after, config, THEME)))
        if was_sound and BROKEN not in files.values():
            hold_unnamed(change)
        site = change.after
        if data.draw(st.booleans()):
            site = recalled(site, view)
            assert contents(site, named) == contents(anew, named)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_put_in_bit_by_bit_is_as_if_put_in_at_once(data: st.DataObject) -> None:
    hold(data, 3)
