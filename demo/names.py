"""Plainly fake people: no one could take them for real ones. Numbers are 555-01xx, addresses on Example Street."""

from random import Random

FIRST = """
Walt Gus June Theo Noor Marcus Rosa Priya Dana Eli Ivo Gil Hal Una Cy Fay Otto Tia Ray Kim Lou Bea Max Vic Sol
Ana Abe Ada Alma Amos Ari Asa Bo Cleo Cora Dov Edie Effie Ernie Esme Ezra Flo Gia Greta Hank Ida Ines Ira Iris
Jo Joss Juno Kai Lena Leo Lila Mabel Mae Milo Mina Moe Nell Nia Nico Nora Olga Omar Opal Oz Pam Pia Quinn Rex
Rita Ruby Sam Stan Tess Thea Uri Val Vera Wes Willa Xan Yara Yosef Zed Zoe
""".split()
LAST = """
Specimen Placeholder Exampleton Mockingham Testerson Demoreau Samplewood Fauxley Pretendson Standin Notreal
Tryout Nobody Nowhere Madeup Invented Dummyfield Pretend Sampleton Fictional Imaginary Fabrique Quasimann
Stubbs-Example Mocksworth Testaburg Demovich Illustra Hypotheti Makebelieve
""".split()
WHO_ELSE = ("a sister", "a brother", "a parent", "a friend", "a partner")
PLACES = {
    "TX": [("Austin", "787"), ("Dallas", "752"), ("El Paso", "799")],
    "OK": [("Tulsa", "741"), ("Norman", "730")],
    "OH": [("Dayton", "454"), ("Akron", "443")],
    "FL": [("Tampa", "336"), ("Ocala", "344")],
}
ZONE_OF_STATE = {"TX": "America/Chicago", "OK": "America/Chicago", "OH": "America/New_York", "FL": "America/New_York"}


def full_name(i: int) -> tuple[str, str]:
    """A first and a last name for the i-th person; no pair comes back before all pairs were used."""
    return FIRST[i % len(FIRST)], LAST[(i + i // len(FIRST)) % len(LAST)]


def phone(i: int) -> str:
    """A number from the range set apart for fiction."""
    area = (512, 918, 614, 813)[i % 4]
    return f"+1{area}55501{i // 4 % 100:02d}"


def address(i: int, state: str, rng: Random) -> tuple[str, str, str]:
    """Street line, city, postal code."""
    city, prefix = rng.choice(PLACES[state])
    return f"{100 + i} Example Street", city, f"{prefix}{rng.randrange(100):02d}"


def close_to(i: int, last: str, rng: Random) -> str:
    """Someone to call: a name and who it is."""
    return f"{FIRST[(i + 31) % len(FIRST)]} {last}, {rng.choice(WHO_ELSE)}"
