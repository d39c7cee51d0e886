"""`python -m triwire`."""

from triwire.cli import main

if __name__ == "__main__":
    main()
