"""Run in a process of its own by bench.pages: sets Django up for DATABASE_URL, then measures."""

from stepdown.kernel.memory import loading


def main() -> None:
    with loading():
        import django
        from django.urls import resolve

        django.setup()
        resolve("/")
    from bench import busiest  # reads models, which need the set-up

    busiest.main()


if __name__ == "__main__":
    main()
