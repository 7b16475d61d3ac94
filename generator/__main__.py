"""`python -m generator` is the `broadsheet` command."""

from generator.cli.main import main

if __name__ == "__main__":
    main(prog_name="broadsheet")
