"""`python -m confide` is `confide`: hooks use it, because it needs no PATH."""

from confide.cli.main import main

if __name__ == "__main__":
    main()
