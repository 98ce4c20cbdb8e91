"""A meeting in which everything private that there is bears a mark."""

from __future__ import annotations

from facilitator.core.acts import Answer, Attend, Capture, Command, Edit, PassRound, Send, StartRound
from facilitator.core.said import Fields
from facilitator.meetings.session import Session

MARK = "Zzyzx"
"""What each private text holds, and nothing public."""
PUBLIC = ("Qui paie la salle ?", "Une charte commune", "Du matériel pour Feurs")


def fill(session: Session) -> None:
    """Say one of everything."""

    def does(command: Command) -> str:
        done = session.act(command)
        return done.entry.id if done.entry is not None else ""

    does(Attend("Awa S.", "present"))
    does(Attend("Karim B.", "present"))
    does(Capture("question", Fields(text=PUBLIC[0], by=f"{MARK} E.")))  # the network names nobody who asks
    does(Capture("decision", Fields(text=PUBLIC[1])))
    does(Capture("need", Fields(text=PUBLIC[2])))
    does(Capture("individual", Fields(text=f"{MARK} cherche un logement", by=f"{MARK} A.", owners=(f"{MARK} B.",))))
    masked = does(Capture("question", Fields(text=f"Mon contrat {MARK} ?", by=f"{MARK} C.")))
    does(Send(masked, "individual"))
    answered = does(Capture("question", Fields(text=f"Ma dette {MARK} ?")))
    does(Send(answered, "individual"))
    does(Answer(answered, f"Par un plan {MARK}", by=f"{MARK} D."))
    does(Edit(answered, Fields(theme=f"{MARK}-theme")))
    turned = does(Capture("need", Fields(text=f"Un besoin {MARK}")))
    does(Edit(turned, Fields(), kind="individual"))
    does(StartRound(60))
    does(PassRound())
