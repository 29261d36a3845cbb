"""Run in a process of its own by bench.pages: sets Django up for DATABASE_URL, then measures."""

import django


def main() -> None:
    django.setup()
    from bench import busiest  # reads models, which need the set-up

    busiest.main()


if __name__ == "__main__":
    main()
