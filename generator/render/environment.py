"""Jinja as layouts know it: all is escaped, nothing unknown passes, no disk, no chance."""

import json
import re
from collections.abc import Mapping, MutableMapping
from datetime import date, datetime
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, nodes
from jinja2.compiler import Frame as Scope
from jinja2.runtime import markup_join, str_join
from markupsafe import Markup, escape

from generator.model.frozen import FrozenMap
from generator.model.layouts import LayoutFile
from generator.model.outputs import Frame
from generator.model.pages import HtmlPage
from generator.model.recordings import clock_time
from generator.render import dates
from generator.render.absolute import absolute_url
from generator.render.datelines import with_dateline
from generator.render.extent import bounded_filters, weighed
from generator.render.layout_faults import Unknown
from generator.render.media_types import media_type_of
from generator.render.printing import plain, printable, printing_filters
from generator.render.reach import ReachCode, ReachEnvironment
from generator.render.structured_data import structured_data
from generator.render.tasks import with_labels
from generator.render.timestamps import day_or_instant
from generator.render.words import count_words

MANY_PIECES = 4
EMPHASIS = re.compile(r"(</?(?:em|strong|code)>)")


class LayoutCode(ReachCode):
    """Writes the Python of a layout, as Jinja does; what is put out is escaped by `written`.

    Pieces that stand side by side are joined first: each that is put out passes through every
    block and every extended layout round it.
    """

    def visit_Output(self, node: nodes.Output, frame: Scope) -> None:  # noqa: N802 - as Jinja has it
        """Write what puts out some pieces."""
        if frame.buffer is not None or frame.require_output_check or len(node.nodes) < MANY_PIECES:
            super().visit_Output(node, frame)
            return
        together = frame.soft()
        together.buffer = self.temporary_identifier()
        self.writeline(f"{together.buffer} = []")
        super().visit_Output(node, together)
        self.writeline(f"yield concat({together.buffer})")

    def _output_child_to_const(self, node: Any, frame: Any, finalize: Any) -> str:  # noqa: ANN401 - as Jinja has it
        if not isinstance(node, nodes.TemplateData | nodes.Const):
            raise nodes.Impossible  # whatever is reckoned is asked for when the page is made
        printable(node.as_const(frame.eval_ctx))
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:  # noqa: ANN401, ARG002 - as Jinja has it
        if frame.eval_ctx.volatile:
            self.write("(environment.written if context.eval_ctx.autoescape else ")
            self.write("environment.plain)(")
        else:
            self.write(f"environment.{'written' if frame.eval_ctx.autoescape else 'plain'}(")


class LayoutEnvironment(ReachEnvironment):
    """Jinja's environment, quicker at what every page does a hundred times."""

    code_generator_class = LayoutCode
    plain = staticmethod(plain)

    @staticmethod
    def written(value: object) -> str:
        """A value as it is put out: what `escape` gives, but for its type.

        Nearly all values are texts: for these there is no need to make Markup. Raises
        UnprintableError for what no page may show.
        """
        if type(value) is not str:
            return value if type(value) is Markup else escape(printable(value))
        text: str = value
        if "&" in text:
            text = text.replace("&", "&amp;")
        if "<" in text:
            text = text.replace("<", "&lt;")
        if ">" in text:
            text = text.replace(">", "&gt;")
        if "'" in text:
            text = text.replace("'", "&#39;")
        return text.replace('"', "&#34;") if '"' in text else text

    @staticmethod
    def joined(values: tuple[object, ...], is_escaped: bool) -> str:
        """The values as one text, of what a page may show; escaped if one of them is markup."""
        join = markup_join if is_escaped else str_join
        return join(map(printable, values))

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every layout sees beside its page: a plain dict, since none ever changes it."""
        return {**self.globals, **d} if d else self.globals


def make_environment(
    files: Mapping[str, LayoutFile], kept: BytecodeCache | None = None
) -> LayoutEnvironment:
    """Jinja as layouts know it: all is escaped, nothing unknown passes, no disk, no chance.

    What was compiled before is taken from what is `kept`.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        file = files.get(name)
        return (file.text, file.place, None) if file else None

    environment = LayoutEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=kept,
        cache_size=-1,
        optimized=False,  # what is reckoned beforehand would be asked nothing
    )
    del environment.globals["lipsum"], environment.filters["random"]  # another page each time
    del environment.filters["pprint"]  # which shows values as Python writes them
    environment.policies["json.dumps_function"] = _json
    environment.globals["structured_data"] = _structured_data
    environment.filters |= bounded_filters(environment.filters)
    environment.filters |= printing_filters(environment.filters)
    environment.filters |= {
        "absolute": _absolute,
        "clock": clock_time,
        "counted": dates.counted,
        "date": dates.long_date,
        "dateline": with_dateline,
        "datetime": dates.long_date_and_time,
        "emphasised": _emphasised,
        "iso": _iso,
        "locale": dates.open_graph_locale,
        "media_type": media_type_of,
        "tasks": with_labels,
        "words": count_words,
    }
    return environment


def _json(value: object, **options: Any) -> str:  # noqa: ANN401 - as `json.dumps`
    """What `tojson` makes of a value: the newsroom's own mappings are objects."""
    return json.dumps(weighed(value), default=_plain_data, **options)


def _plain_data(value: object) -> object:
    if isinstance(value, FrozenMap):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"tojson takes plain data, and no {type(value).__name__}")


def _structured_data(page: HtmlPage, frame: Frame) -> Markup:
    return Markup(structured_data(page, frame))  # noqa: S704 - it comes escaped for a script element


def _absolute(url: str, frame: Frame) -> str:
    return absolute_url(url, frame.origin)


def _iso(when: datetime, day_only: bool = False) -> str:
    return day_or_instant(when, day_only=day_only)


def _emphasised(text: str, html: str) -> str:
    """A text as it is put out: its HTML where it has emphasis, of which nothing else is let by."""
    if not html:
        return text
    parts = EMPHASIS.split(html)  # texts, and between each two of them a tag
    return Markup("").join(
        Markup(part) if at % 2 else Markup(part).unescape()  # noqa: S704 - one of EMPHASIS
        for at, part in enumerate(parts)
    )
