import types

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path

from stepdown.ui import center, navigation


def page(request):
    return HttpResponse()


urlpatterns = [
    path("staff/day/", page, name="day"),
    path("staff/groups/", page, name="groups"),
    path("staff/groups/new/", page, name="new_group"),
    path("find/", page, name="find"),
    path("sign-out/", page, name="account_logout"),
]
pytestmark = pytest.mark.urls(__name__)


class Person:
    name = "Ines Leadwell"
    signature = "Ines Leadwell, LADC"

    def __init__(self, *roles):
        self.roles = roles

    def has_role(self, *roles):
        return not set(roles).isdisjoint(self.roles)


@pytest.fixture
def menu(monkeypatch):
    fresh = navigation.Menu()
    monkeypatch.setattr(navigation, "staff", fresh)
    monkeypatch.setattr(navigation, "waiting_url_name", None)
    return fresh


def request(url="/staff/day/", staff=None):
    asked = RequestFactory().get(url)
    asked.staff = staff
    return asked


def item(label, url_name, **more):
    return navigation.NavItem(label, "home", url_name, **more)


def test_a_menu_shows_only_what_a_persons_roles_allow(menu):
    menu.register(item("My day", "day", roles=("counselor",), order=10))
    menu.register(item("Groups", "groups", roles=("director",), order=20))
    assert [link.label for link in menu.links(request(), Person("counselor"))] == ["My day"]
    assert [link.label for link in menu.links(request(), Person("counselor", "director"))] == ["My day", "Groups"]
    assert menu.links(request(), None) == []


@pytest.mark.parametrize(
    ("waiting", "said"), [((7, 0), "7"), ((7, 2), "2"), ((99, 0), "99"), ((100, 0), "99+"), ((2689, 100), "99+")]
)
def test_a_menu_counts_what_is_late_first_and_to_a_hundred_at_most(waiting, said):
    assert navigation.Waiting(*waiting).said == said


def test_a_page_where_a_roles_work_begins_stands_first_for_that_role_alone(menu):
    menu.register(item("Groups", "groups", order=20))
    menu.register(item("Admissions", "day", order=50, first_for=("admissions",)))
    assert [link.label for link in menu.links(request(), Person("admissions"))] == ["Admissions", "Groups"]
    assert [link.label for link in menu.links(request(), Person("director"))] == ["Groups", "Admissions"]


def test_items_stand_in_their_order_and_not_in_that_of_registering(menu):
    menu.register(item("Groups", "groups", order=20))
    menu.register(item("My day", "day", order=10))
    assert [link.label for link in menu.links(request(), None)] == ["My day", "Groups"]


def test_registering_twice_keeps_one(menu):
    menu.register(item("Groups", "groups"))
    menu.register(item("All groups", "groups"))
    assert [link.label for link in menu.links(request(), None)] == ["All groups"]


@pytest.mark.parametrize(
    ("url", "current"),
    [
        ("/staff/day/", ["My day"]),
        ("/staff/groups/1/notes/", ["Groups"]),
        ("/staff/groups/new/", ["New group"]),
        ("/staff/other/", []),
    ],
)
def test_the_nearest_page_is_the_current_one(menu, url, current):
    menu.register(item("My day", "day"))
    menu.register(item("Groups", "groups"))
    menu.register(item("New group", "new_group"))
    assert [link.label for link in menu.links(request(url), None) if link.current] == current


def test_what_waits_is_counted_for_the_person_who_reads_and_put_in_its_place(menu, monkeypatch):
    menu.register(item("My day", "day", waiting=lambda staff: navigation.Waiting(9, 4 if staff.roles else 0)))
    menu.register(item("Groups", "groups", roles=("director",), waiting=lambda staff: navigation.Waiting(2)))
    places = menu.waiting(Person("counselor"))
    assert places == {"waits-day": navigation.Waiting(9, 4)}
    said = render_to_string("ui/_waiting.html", {"places": places})
    assert '<span id="waits-day" class="count urgent" hx-swap-oob="true">4<span class="sr"> late</span></span>' in said


def test_the_frame_has_a_place_for_what_waits_and_asks_once_it_stands(menu, monkeypatch):
    monkeypatch.setattr(navigation, "waiting_url_name", "find")
    counted = []
    menu.register(item("My day", "day", waiting=lambda staff: counted.append(staff) or navigation.Waiting(1)))
    html = render_to_string("layouts/staff.html", request=request(staff=Person("counselor")))
    assert '<span id="waits-day" hidden></span>' in html
    assert 'hx-get="/find/" hx-trigger="load"' in html
    assert counted == []


def test_a_page_without_a_person_shows_no_name_and_no_way_out(menu):
    asked = RequestFactory().get("/staff/day/")
    html = render_to_string("layouts/staff.html", request=asked)
    assert 'class="me"' not in html
    assert "Sign out" not in html


def test_a_signed_in_person_can_sign_out(menu):
    html = render_to_string("layouts/staff.html", request=request(staff=Person("counselor")))
    assert "Ines Leadwell, LADC" in html
    assert 'method="post" action="/sign-out/"' in html


def test_lists_of_ones_own_stand_below_the_menu_and_empty_ones_do_not(menu):
    menu.register_section("groups", navigation.Section("My groups", lambda staff: [("Cedar", "evening", "/g/1/")]))
    menu.register_section("drafts", navigation.Section("Drafts", lambda staff: []))
    html = render_to_string("layouts/staff.html", request=request("/g/1/", Person("counselor")))
    assert "<h2>My groups</h2>" in html
    assert 'href="/g/1/" aria-current="page"' in html
    assert "Drafts" not in html


def test_the_search_box_is_there_only_when_there_is_something_that_searches(menu):
    assert 'role="search"' not in render_to_string("layouts/staff.html", request=request())
    navigation.register_search("find", ("counselor",))
    html = render_to_string("layouts/staff.html", request=request("/", Person("counselor")))
    assert 'method="post" action="/find/"' in html


def test_the_center_stands_in_the_frame(menu, monkeypatch):
    monkeypatch.setattr(center, "_provider", [])
    assert center.current() is None
    assert "Stepdown" in render_to_string("layouts/public.html", request=request("/"))
    center.provide(lambda: types.SimpleNamespace(name="Fernbrook Center", phone="+15125550100"))
    html = render_to_string("layouts/public.html", request=request("/"))
    assert "Fernbrook Center" in html
    assert 'href="tel:+15125550100"' in html
    assert "(512) 555-0100" in html
