import pytest
from django.urls import reverse
from django.utils import translation

from stepdown.admissions.domain.self_screen import items
from stepdown.admissions.models import Inquiry
from stepdown.admissions.public.forms import AskForm
from stepdown.people.tests.factories import CenterFactory

pytestmark = pytest.mark.django_db
GOOD = {"name": "M.", "phone": "512 555 0142", "best_time": "evening", "leave_message": "no"}


@pytest.fixture(autouse=True)
def english():
    """A request in Spanish leaves its language active in this thread; the next test starts in English."""
    with translation.override("en"):
        yield


PAGES = ["public:home", "public:self_screen", "public:ask", "public:thanks", "public:privacy", "public:family"]


@pytest.mark.parametrize("name", [*PAGES, "public:referrers"])
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_visitor_reads_every_page_in_both_languages_and_gets_no_cookie(client, name, prefix):
    answer = client.get(prefix + reverse(name))
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("name", [*PAGES, "public:worried"])
def test_who_only_asks_whether_a_page_is_there_hears_that_it_is(client, name):
    assert client.head(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("prefix", "said"), [("", "8:00 am to 8:00 pm Central"), ("/es", "de 8:00 a.\u00a0m. a 8:00 p.\u00a0m.")]
)
def test_the_first_page_says_when_to_call(client, prefix, said):
    CenterFactory()
    assert said in client.get(prefix + reverse("public:home")).content.decode()


def test_every_word_of_the_form_is_spanish_for_who_reads_spanish():
    def words(form):
        fields = form.fields.values()
        texts = [text for field in fields for text in (field.label, field.help_text, *field.error_messages.values())]
        choices = [label for field in fields for _value, label in getattr(field, "choices", [])]
        return [str(text) for text in (*texts, *choices)]

    english = words(AskForm())
    with translation.override("es"):
        spanish = words(AskForm())
    same = {one for one, other in zip(english, spanish, strict=True) if one == other}
    assert same <= {"", "No"}


def walk(client, answers):
    """Answers the questions one page at a time, as the page itself would carry them. Gives the last answer."""
    carried = {}
    for item in items():
        value = answers.get(item)
        said = {"act": "skip"} if value is None else {"act": "next", "answer": str(value)}
        answer = client.post(reverse("public:self_screen"), {**carried, **said})
        carried[item] = "skip" if value is None else str(value)
    return answer


def test_the_self_screen_goes_through_twelve_questions_to_an_answer_with_reasons(client):
    answer = walk(client, dict.fromkeys(items(), 0) | {"ss_dui": 1, "ss_cannot_leave": 1})
    page = answer.content.decode()
    assert "This program may help you. Talk to us today." in page
    assert "You had a DUI or other legal trouble." in page
    assert "You cannot leave work or family for full-time care." in page
    assert "This is 1 of 6 common signs." in page


def test_danger_is_answered_with_988_and_911(client):
    page = walk(client, {"ss_self_harm": 1}).content.decode()
    assert "Please get help now. You do not have to wait for us." in page
    assert 'href="tel:988"' in page
    assert 'href="tel:911"' in page


def test_after_danger_nothing_more_is_asked_and_each_page_says_what_to_do(client):
    carried = dict.fromkeys(items()[:-2], "0")
    page = client.post(reverse("public:self_screen"), {**carried, "act": "next", "answer": "1"}).content.decode()
    assert "Please get help now." in page
    assert "Question 12" not in page
    told = {**carried, items()[-2]: "1"}
    for sent in ({"act": "bring"}, {"name": ""}):
        assert "Call or text 988 now." in client.post(reverse("public:ask"), {**told, **sent}).content.decode()
    assert "Call or text 988 now." not in client.post(reverse("public:ask"), {"act": "bring"}).content.decode()


def test_a_question_without_an_answer_says_what_to_do_and_keeps_the_earlier_ones(client):
    answer = client.post(reverse("public:self_screen"), {"ss_lost_control": "1", "act": "next"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose yes or no, or skip this question." in page
    assert '<input type="hidden" name="ss_lost_control" value="1">' in page


def test_one_question_back_asks_the_last_one_again(client):
    page = client.post(reverse("public:self_screen"), {"ss_lost_control": "1", "ss_time_money": "0", "act": "back"})
    assert "spending more and more time or money" in page.content.decode()


def test_answering_everything_stores_nothing(client):
    walk(client, dict.fromkeys(items(), 1))
    assert not Inquiry.objects.exists()


def test_asking_for_a_call_puts_one_request_on_the_board(client):
    answer = client.post(reverse("public:ask"), GOOD)
    assert answer.status_code == 302
    inquiry = Inquiry.objects.get()
    assert (inquiry.name, inquiry.phone, inquiry.best_time, inquiry.leave_message) == (
        "M.",
        "+15125550142",
        "evening",
        "no",
    )
    assert inquiry.self_screen is None


def test_who_asked_for_a_call_reads_within_which_hours_we_call(client):
    CenterFactory()
    assert "within our hours: 8:00" in client.get(reverse("public:thanks")).content.decode()


def test_answers_come_along_only_when_the_person_says_so(client):
    client.post(reverse("public:ask"), {**GOOD, "ss_dui": "1"})
    assert Inquiry.objects.get().self_screen is None
    client.post(reverse("public:ask"), {**GOOD, "ss_dui": "1", "ss_duties": "skip", "send_answers": "on"})
    assert Inquiry.objects.get().self_screen == {"ss_dui": 1, "ss_duties": None}


def test_asking_twice_keeps_one_place_in_the_line(client):
    client.post(reverse("public:ask"), GOOD)
    client.post(reverse("public:ask"), {**GOOD, "best_time": "now"})
    assert Inquiry.objects.get().best_time == "now"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter a name we can call you by."),
        ("name", "x" * 61, "Use at most 60 characters. This has 61."),
        ("phone", "512 555 014", "Enter a phone number with 10 digits. This one has 9."),
        ("phone", "", "Enter the phone number we should call."),
        ("best_time", "midnight", "Choose one of the answers shown."),
        ("leave_message", "", "Choose if we can leave a message."),
    ],
)
def test_a_bad_request_says_what_to_mend_keeps_what_was_typed_and_stores_nothing(client, field, value, sentence):
    answer = client.post(reverse("public:ask"), {**GOOD, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    kept = {k: v for k, v in {**GOOD, field: value}.items() if k in ("name", "phone") and v}
    assert all(typed in page for typed in kept.values())
    assert not Inquiry.objects.exists()


def test_a_request_made_in_spanish_is_remembered_as_spanish(client):
    client.post("/es" + reverse("public:ask"), GOOD)
    assert Inquiry.objects.get().language == "es"
