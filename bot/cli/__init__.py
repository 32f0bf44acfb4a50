"""`driftsvagt …`: one module for each group of commands. Heavy parts are imported inside commands, so that --help is quick."""

from importlib import import_module

import typer

from bot.cli.faults import Commands

_GROUPS = ("running", "asking", "knowing", "learning", "measuring", "contracting", "connecting", "keeping")


def build() -> typer.Typer:
    """Every command, in the order in which somebody new meets them."""
    app = typer.Typer(
        cls=Commands,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,  # they may be somebody's words, or a password
        help="A support desk that lives in the messenger: answers, superusers, IT, suppliers, and the time each of them took.",
    )
    for group in _GROUPS:
        app.add_typer(import_module(f"bot.cli.{group}").app)
    return app


def main() -> None:
    build()()


__all__ = ["build", "main"]
