"""The component tag and every component in every state."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, TemplateSyntaxError, engines

from guiyan.platform.uikit.samples import SAMPLES

KIT = Path(settings.BASE_DIR) / "guiyan" / "templates" / "ui"


@pytest.fixture
def draw(tmp_path):
    """Draw a template text with one component `box.html` beside it."""
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "box.html").write_text(
        "<b>{{ title }}</b>[{{ slot }}]({{ slots.foot }}){{ outer }}{{ csrf_token }}", "utf-8"
    )
    engine = Engine(dirs=[tmp_path], builtins=["guiyan.platform.templatetags.ui"])

    def render(text: str, **values: object) -> str:
        return engine.from_string(text).render(Context(values))

    return render


def test_given_a_body_and_a_fill_when_drawn_then_each_lands_in_its_place(draw):
    text = '{% component "box" title=t %} body {{ t }} {% fill "foot" %} F {% endfill %}{% endcomponent %}'

    assert draw(text, t="A&B") == "<b>A&amp;B</b>[body A&amp;B](F)"


def test_given_values_of_the_page_when_drawn_then_the_component_does_not_see_them(draw):
    assert draw('{% component "box" %}{% endcomponent %}', outer="leak", csrf_token="t0k") == "<b></b>[]()t0k"


def test_given_a_component_inside_a_component_when_drawn_then_fills_do_not_mix(draw):
    inner = '{% component "box" title="in" %}{% fill "foot" %}i{% endfill %}{% endcomponent %}'
    text = '{% component "box" title="out" %}' + inner + '{% fill "foot" %}o{% endfill %}{% endcomponent %}'

    assert draw(text) == "<b>out</b>[<b>in</b>[](i)](o)"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% component %}{% endcomponent %}", "needs the name of a file"),
        ('{% component "box" title %}{% endcomponent %}', "takes key=value pairs only"),
        ('{% fill "foot" %}x{% endfill %}', "stands outside a component"),
        ('{% component "box" %}{% fill foot %}{% endfill %}{% endcomponent %}', "one quoted name"),
    ],
)
def test_given_a_wrong_use_when_drawn_then_it_says_what_is_wrong(draw, text, words):
    with pytest.raises(TemplateSyntaxError, match=words):
        draw(text)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.component}-{sample.state}")
def test_given_a_sample_when_drawn_then_its_words_are_there_and_nothing_is_left_open(sample):
    drawn = sample.drawn()

    assert drawn.strip()
    assert "{%" not in drawn
    assert "{{" not in drawn
    assert "None" not in re.sub(r'"[^"]*"', "", drawn)
    shown = {
        key: value
        for key, value in sample.values.items()
        if key in {"title", "text", "value", "words", "sub"}
    }
    assert [key for key, value in shown.items() if value not in drawn] == []


def test_given_the_kit_when_listed_then_every_component_has_a_sample():
    drawn = {sample.component for sample in SAMPLES}

    assert {path.stem for path in KIT.glob("*.html")} - drawn == set()


def test_given_the_kit_when_listed_then_every_component_stands_in_the_readme():
    words = (KIT / "README.md").read_text("utf-8")
    helpers = {"ask", "shortcuts", "logo", "mark", "shareable"}  # used by the frame or by other components

    missing = {path.stem for path in KIT.glob("*.html") if f"`{path.name}`" not in words} - helpers
    assert missing == set()


def test_given_every_template_when_compiled_then_none_is_broken():
    folder = Path(settings.BASE_DIR) / "guiyan" / "templates"

    for path in folder.rglob("*.html"):
        engines["django"].get_template(str(path.relative_to(folder)))
