"""The files of the project that rules are held on."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("stepdown", "demo", "bench", "tests", "locale")
LEFT_OUT = {".venv", "__pycache__", "node_modules"}


def files(*suffixes: str, within: tuple[str, ...] = OURS) -> list[Path]:
    """Every file of ours with one of these endings, in a fixed order."""
    return sorted(
        path
        for folder in within
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and not LEFT_OUT & set(path.parts)
    )


def templates() -> list[Path]:
    return [path for path in files(".html", ".txt") if "templates" in path.parts]


def name(path: Path) -> str:
    """The path as a test's id."""
    return str(path.relative_to(ROOT))
