"""``python -m winset`` is the command line."""

from winset.cli.main import main

if __name__ == "__main__":
    main()
