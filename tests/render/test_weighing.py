"""What a template makes of its signs is asked how large it is."""

from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.render.weighing import WeighingCode


class Asked(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which tells what it was asked."""

    code_generator_class = WeighingCode

    def __init__(self) -> None:
        super().__init__(optimized=False)
        self.asked: list[object] = []

    def weighed(self, value: object) -> object:
        self.asked.append(value)
        return value

    def joined(self, values: tuple[object, ...], is_escaped: bool) -> str:  # noqa: ARG002 - as it is called
        self.asked.append(values)
        return "".join(map(str, values))


def test_lists_mappings_and_joined_texts_are_asked_about() -> None:
    environment = Asked()
    made = environment.from_string("{{ [x] }} {{ (x, 2) }} {{ {'a': x} }} {{ x ~ 'b' }}").render(
        x=1
    )
    assert made == "[1] (1, 2) {'a': 1} 1b"
    assert environment.asked == [[1], (1, 2), {"a": 1}, (1, "b")]


def test_what_stands_in_the_template_itself_is_not() -> None:
    environment = Asked()
    assert environment.from_string("{% set a, b = [1, 2] %}{{ a }}").render() == "1"
    assert environment.asked == []
