"""Commands that stay: `demo` to see it, `serve` to run it, `chat` to try it in the terminal."""

import gc
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console as Screen
from rich.progress import Progress

if TYPE_CHECKING:
    from bot.app.house import House
    from bot.web.ports import Demo

app = typer.Typer()
screen = Screen(stderr=True)
DEMO_FILE = "demo.sqlite"
PERSONAS = ("mia", "sam", "ivo")


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Which port the browser asks at.")] = 8000,
    speed: Annotated[int, typer.Option(min=0, help="How many seconds pass for each real one, to begin with.")] = 1,
) -> None:
    """A fortnight in Fjordby Kommune, three people side by side in your browser. Nothing else is needed."""
    from bot.app.house import WallClock, open_house
    from bot.demo import history
    from bot.demo.clock import DemoClock
    from bot.demo.stage import Stage
    from bot.domain.people import PersonId
    from bot.settings import DATA, Settings
    from bot.web.ports import Demo

    database = _fresh(Path(DATA) / DEMO_FILE)
    _must_be_free("127.0.0.1", port)
    settings = Settings(database_url=f"sqlite:///{database}", base_url=f"http://127.0.0.1:{port}")
    ours = settings.model_copy(update={"smtp_url": None, "slack_bot_token": None})  # the demo never writes to anybody
    clock = DemoClock(history.BEGIN, 0)
    house = open_house(ours, clock, waits=WallClock(), say=_show_mail, durable=False)
    with Progress(console=screen, transient=True) as progress:
        built = progress.add_task("Læser vidensfilerne", total=None)
        house.engine.wait_until_built()
        progress.remove_task(built)
        task = progress.add_task("Spiller fjorten dage i Fjordby", total=1.0)
        stage = Stage(house.desk, house.posts, clock)
        stage.play(history.stories(stage), history.NOW, lambda done: progress.update(task, completed=done))
    clock.set_speed(speed)
    screen.print(f"\n[bold]Åbn http://127.0.0.1:{port}/[/bold]  og klik først på den gule knap hos Sam: Jeg tager den.")
    screen.print(
        "Klokken i demoen er tirsdag 24. november kl. 9.30. Stop med Ctrl-C. Demoen begynder forfra hver gang."
    )
    screen.print(f"Minutterne bag en frist, i en anden terminal:  {_ask_of(database)}\n", soft_wrap=True)
    _serve(house, "127.0.0.1", port, Demo(clock, tuple(PersonId(each) for each in PERSONAS)))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Loopback unless a proxy in front of it does TLS.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535)] = 8000,
) -> None:
    """The desk itself. People come in by one-time links: they ask for them at /ind, or `driftsvagt link PERSON` prints one."""
    gc.disable()  # until the house is open: what is made before is kept (app/serving)
    from bot.app import logs
    from bot.app.house import open_house
    from bot.settings import Settings

    settings = Settings()
    logs.begin(settings.log)
    settings.must_have_secret_key()
    _must_be_free(host, port)
    _serve(open_house(settings, say=_show_mail), host, port)


@app.command()
def chat(
    who: Annotated[str, typer.Option("--as", help="Who you are: a person's id from the organisation file.")] = "mia",
) -> None:
    """The whole desk in this terminal, in memory: ask, press buttons by number, be somebody else with /som NAVN."""
    from bot.cli.chatting import Chat
    from bot.cli.opening import built_search, live_knowledge  # shared with `ask` and `check`
    from bot.demo import history
    from bot.demo.clock import DemoClock
    from bot.domain.people import PersonId

    knowledge = live_knowledge()
    if PersonId(who) not in knowledge.now().organisation.people:
        raise typer.BadParameter(f"no person {who!r} in the organisation file", param_hint="--as")
    search = built_search(knowledge)
    screen.print("Klokken er her tirsdag 24. november kl. 9.30, så der er nogen på arbejde.")
    Chat(knowledge, search, DemoClock(history.NOW), PersonId(who), lambda prompt: input(f"{prompt}> "), print).run()


def _serve(house: "House", host: str, port: int, demo: "Demo | None" = None) -> None:
    from bot.app.serving import serve_house

    try:
        serve_house(house, host, port, demo)
    finally:
        house.close()


def _ask_of(database: Path) -> str:
    return f"DRIFTSVAGT_DATABASE_URL=sqlite:///{database} driftsvagt clock S-6 --at 2026-11-24T09:30"


def _show_mail(text: str) -> None:
    """A mail that nobody got, on the terminal of whoever runs the desk; never in the log."""
    print(text, flush=True)


def _must_be_free(host: str, port: int) -> None:
    """Asked before anything is made ready, so that nobody is sent to an address where another program answers."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as taken:
            reason = f"{host}:{port} cannot be listened on ({taken.strerror}); try --port {port + 1}"
            raise typer.BadParameter(reason, param_hint="--port") from None


def _fresh(database: Path) -> Path:
    database.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    return database
