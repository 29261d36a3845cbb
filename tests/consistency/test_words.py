"""The words people read: person first, never a stigma. Source: glossary, rule GLO-02."""

import ast
import re

import pytest

from tests.consistency.files import ROOT, files, name, templates

REFUSED = re.compile(
    r"\b(addicts?|abusers?|substance abuse|drug abuse|alcohol abuse|dirty|clean|relaps\w+|non-?complian\w+|no-?shows?|"
    r"drug-seeking|junkies?|alcoholics?|oops|successfully)\b|"
    r"\b(adictos?|adictas?|drogadict\w+|sucio|recaída|recaíd[oa]s?|recaer)\b",
    re.I,
)
# (file's end, the words around) where a refused word is an official name or does not speak of a person.
ALLOWED = [
    ("", "Alcoholics Anonymous"),
    ("", "Alcohólicos Anónimos"),
    ("", "National Institute on Drug Abuse"),
    ("", "Drug Abuse Screening Test"),
    ("", "Substance Abuse and Mental Health Services"),
]
TAGS = re.compile(r"\{#.*?#\}|\{%(?! ?translate| ?blocktrans).*?%\}|\{\{.*?\}\}|<[^>]*>", re.S)
ATTRIBUTES = re.compile(r'(?:title|label|hint|lead|meta|why|act|tag|alt|placeholder|term|caption)="([^"{]*)"')

COUNTED = re.compile(
    r"\{% blocktranslate [^%]*?count (?P<count>\w+)=[^%]*%\}(?P<one>.*?)\{% plural %\}(?P<many>.*?)\{% end", re.S
)


def spoken(tree):
    """Every string of a Python file that may reach a person: docstrings and names of code are left out."""
    docs = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                docs.add(id(first.value))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and " " in node.value
        ):
            yield node.lineno, node.value


def refused(path, text):
    for end, allowed in ALLOWED:
        if name(path).endswith(end):
            text = text.replace(allowed, "")
    return [match[0] for match in REFUSED.finditer(text)]


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_sentence_with_one_in_a_word_has_more_in_words_too(path):
    counted = [found for found in COUNTED.finditer(path.read_text()) if re.search(r"\bone\b", found["one"], re.I)]
    assert [found["many"] for found in counted if f"{{{{ {found['count']} }}}}" in found["many"]] == []


@pytest.mark.parametrize("path", templates(), ids=name)
def test_templates_speak_with_respect(path):
    text = path.read_text()
    said = " ".join([TAGS.sub(" ", text), *ATTRIBUTES.findall(text), *re.findall(r'translate "([^"]+)"', text)])
    assert refused(path, said) == []


def test_sentences_in_code_speak_with_respect():
    found = []
    for path in files(".py", within=("stepdown", "demo")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for line, said in spoken(ast.parse(path.read_text())):
            found += [f"{name(path)}:{line}: {word}" for word in refused(path, said)]
    assert found == []


def test_translations_speak_with_respect():
    found = []
    for path in files(".po"):
        for said in re.findall(r'^(?:msgid|msgstr(?:\[\d\])?|) ?"(.*)"$', path.read_text(), re.M):
            found += [f"{name(path)}: {word}" for word in refused(path, said)]
    assert found == []


def test_handouts_speak_with_respect():
    handouts = files(".toml", within=("stepdown",))
    assert [path.stem for path in handouts if path.parent.name == "handouts"] == ["en", "es"]
    assert [f"{name(path)}: {word}" for path in handouts for word in refused(path, path.read_text())] == []


def test_scripts_speak_with_respect():
    found = []
    for path in files(".js", within=("stepdown",)):
        for said in re.findall(r'"([^"\n]* [^"\n]*)"|`([^`]* [^`]*)`', path.read_text()):
            found += [f"{name(path)}: {word}" for word in refused(path, " ".join(said))]
    assert found == []


@pytest.mark.parametrize(
    "said", ["He is an addict.", "Three no-shows", "a clean test", "relapsed", "Saved successfully"]
)
def test_the_check_itself_hears_a_stigma(said):
    assert refused(ROOT / "stepdown/x.html", said)


@pytest.mark.parametrize(
    "said", ["Return to use", "the addiction counselor", "missed twice", "cleaned-up is another word"]
)
def test_the_check_itself_lets_good_words_pass(said):
    assert not refused(ROOT / "stepdown/x.html", said)
