"""What each finding of the examination means, and what to do about it.

In `do`, a path is as a shell wants it, seen from the workspace.
"""

from __future__ import annotations

from typing import NamedTuple

from facilitator.doctor import Code
from facilitator.i18n import N_


class Words(NamedTuple):
    """A fact, what it means, and the command or edit that settles it; in braces, what the finding holds."""

    found: str
    means: str
    do: str


WORDS: dict[Code, Words] = {
    "journal-line": Words(
        N_("{place}: this line of the journal cannot be read: {reason}."),
        N_(
            "What it held is missing from the meeting. The line stays in the file, whatever happens; no other is touched."
        ),
        N_(
            "Look whether something is missing (facilitator entries --meeting {meeting}) and add it again. "
            "Another copy of this file, whole, may be put beside it under a name of its own that ends in .jsonl: "
            "what is in both counts once."
        ),
    ),
    "journal-unknown": Words(
        N_("{place}: a newer version of the program wrote this act ({type})."),
        N_("It is kept, and without effect here. While the meeting lives, it can only be closed with that version."),
        N_("Install the newer version: pip install --upgrade facilitator"),
    ),
    "no-opening": Words(
        N_("{path}: a journal without the act that opens its meeting."),
        N_("The meeting cannot be shown: the file that began it is missing or cannot be read."),
        N_("Bring back the other .jsonl files of this folder, from the machine or the backup where they are."),
    ),
    "void-act": Words(
        N_("{meeting}: an act of {actor} ({at}) had no effect: {reason}"),
        N_("It came when it no longer held, most often because somebody else had done the same. Nothing is lost."),
        N_("Nothing, if the meeting is as it should be: facilitator entries --meeting {meeting}"),
    ),
    "late-acts": Words(
        N_("{meeting}: acts by {by} came after the close had been decided: {count}."),
        N_("They are kept, and are not in the minutes: the one who closed had not seen them."),
        N_(
            "To take them in: facilitator reopen --meeting {meeting}, then facilitator close --meeting {meeting}. "
            "If the minutes were changed by hand, add what is missing there."
        ),
    ),
    "unfinished-close": Words(
        N_("{meeting}: closed, but minutes and newsletter were not finished."),
        N_("The close was interrupted. Nothing is lost: the documents are written from the journal."),
        N_("facilitator doctor --fix"),
    ),
    "closed-mark": Words(
        N_("{meeting}: marked as closed, and open by its journal."),
        N_("A reopening was interrupted: commands do not find the meeting by themselves."),
        N_("rm {path}"),
    ),
    "untouched": Words(
        N_("{meeting}: live, and nothing has happened in it for {hours} h."),
        N_("It was probably forgotten: without its close there are neither minutes nor newsletter."),
        N_(
            "To go on: facilitator run --meeting {meeting}. "
            'If it is over: facilitator adjourn --meeting {meeting} --at "HH:MM" (when it ended), '
            "then facilitator close --meeting {meeting}"
        ),
    ),
    "several-live": Words(
        N_("Several meetings are live: {meetings}."),
        N_("Commands ask which one is meant."),
        N_("Close those that are over: facilitator close --meeting ID"),
    ),
    "fallback-journal": Words(
        N_("{path}: a journal of {meeting} outside the workspace; acts that are nowhere else: {count}."),
        N_("The meeting's own folder could not be written at the time. The acts count on this machine only."),
        N_("mkdir -p {home} && cp -np {path}/*.jsonl {home}/ (an act that is in both counts once)"),
    ),
    "half-typed-left": Words(
        N_("{path}: a half-typed text of {writer}, who is no longer there ({kind}): {text}"),
        N_("It was never entered: it is in no meeting and in no minutes."),
        N_("To take it up: facilitator run{option}; the text is then in the line again. To drop it: rm {path}"),
    ),
    "half-typed-unreadable": Words(
        N_("{path}: a half-typed text that cannot be read."),
        N_("It was never entered; what it said can no longer be told."),
        N_("rm {path}"),
    ),
    "private-line": Words(
        N_("{place}: this line of the individual follow-ups cannot be read."),
        N_("An individual need, or that it was done, may be missing. The line stays in the file."),
        N_("Look whether one is missing: facilitator followups --private. If so, take the file from a backup."),
    ),
    "private-unreadable": Words(
        N_("{path}: the individual follow-ups cannot be read: {problem}."),
        N_("No individual need of past meetings is shown, and none can be kept."),
        N_("Make it a file of your own that you may read and write: chmod 600 {path}"),
    ),
    "private-copy": Words(
        N_("{path}: a second copy of the individual follow-ups, made by a program that synchronises folders."),
        N_("It is not read, and may hold individual needs that are nowhere else."),
        N_("Do not delete it before you compared: diff {home} {path}"),
    ),
    "archive-broken": Words(
        N_("{path}: the archive cannot be used as it is."),
        N_("Nothing is lost: it only repeats what the minutes hold."),
        N_("facilitator doctor --fix"),
    ),
    "archive-aside": Words(
        N_("{path}: an archive that could not be read, put aside when it was made again."),
        N_("It is no longer used."),
        N_("rm {path}"),
    ),
    "temporary": Words(
        N_("{path}: left by a write that was interrupted."),
        N_("The document itself is whole, as it was before or after that write."),
        N_("facilitator doctor --fix"),
    ),
    "telephones-left": Words(
        N_("{path}: what telephones sent to a meeting that is over."),
        N_("It is not read any more, and is to be kept nowhere."),
        N_("facilitator doctor --fix"),
    ),
    "foreign": Words(
        N_("{path}: not a file of this program."),
        N_("It is not read. In this folder it is neither shared nor kept by git."),
        N_("Move it out of .facilitator, or delete it."),
    ),
    "mode": Words(
        N_("{path}: its mode is {mode} instead of {expected}."),
        N_("Other people of this machine may read what is private, or the program may not write."),
        N_("facilitator doctor --fix"),
    ),
    "ignore-missing": Words(
        N_("{path}: missing, or without a rule."),
        N_("Git would take what is private into the repository with the next git add."),
        N_("facilitator doctor --fix"),
    ),
    "ignore-weakened": Words(
        N_("{path}: lets git see something of this folder."),
        N_("What is private could go into the repository with the next git add."),
        N_("Edit {path}: its only line should be *"),
    ),
    "link-private": Words(
        N_("{path}: a symbolic link (to {target})."),
        N_("The program does not follow links in this folder: what is private could end anywhere."),
        N_("Put the file or folder itself in the place of the link."),
    ),
    "link-document": Words(
        N_("{path}: a symbolic link (to {target})."),
        N_("The program neither reads nor writes documents through links: what is there is left out."),
        N_("Put the file or folder itself in the place of the link."),
    ),
    "unlisted": Words(
        N_("{path}: this folder cannot be read: {problem}."),
        N_("What is in it was not looked at."),
        N_("Make it yours to read: chmod u+rwx {path}"),
    ),
    "tracked": Words(
        N_("{path}: tracked by git."),
        N_("What is private goes to everyone who has the repository. What was pushed has been seen."),
        N_(
            "git rm -r --cached .facilitator, then git commit. Past commits still hold it: if they were pushed, "
            "tell those concerned, and have the history rewritten."
        ),
    ),
    "git-silent": Words(
        N_("Git did not say what it tracks: {problem}."),
        N_("Whether something of the private folder is in the repository is not known."),
        N_("git ls-files .facilitator (it should name nothing)"),
    ),
    "settings": Words(
        N_("{place}: {problem}."),
        N_("The network's settings cannot be read: meetings do not begin with them."),
        N_("Correct this line."),
    ),
    "one-name": Words(
        N_("{place}: {problem}."),
        N_("No document can tell them apart: the other is left out of the lists."),
        N_("Give each a name that tells them apart, such as Awa S. (Riorges)."),
    ),
    "conflict": Words(
        N_("{place}: conflict markers."),
        N_("A merge failed. Minutes with such markers are not read: their follow-ups are missing from the lists."),
        N_("Edit {path}: keep what is right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."),
    ),
    "front-unreadable": Words(
        N_("{path}: its head, between the two lines ---, is missing or cannot be read."),
        N_("The document is not read, and not written to: its follow-ups are missing from the lists."),
        N_("Restore its head from an earlier version, or move the file elsewhere if it is none of the program's."),
    ),
    "document-unreadable": Words(
        N_("{place}: cannot be read: {problem}."),
        N_("The document is left out everywhere."),
        N_("Save it as text in UTF-8, in a file that you may read."),
    ),
    "document-problem": Words(
        N_("{place}: {problem}."),
        N_("The minutes are read, but for this."),
        N_("Correct it in the minutes, if it is not meant."),
    ),
    "missing-entries": Words(
        N_("{path}: {labels}: published, and no longer there."),
        N_("Somebody took them out, or changed their numbers: they are in no list any more."),
        N_("Put them back from an earlier version if that is not meant; else nothing."),
    ),
    "private-said": Words(
        N_("{place}: {label} of {meeting} is private, and its text stands here."),
        N_("Whoever reads this document reads it: a hand wrote it there, or an older text of the document came back."),
        N_("Take it out there. A question: facilitator send {label} individual --meeting {meeting}"),
    ),
    "beside": Words(
        N_("{beside}: another text of {path}, from when that could not be read."),
        N_("The program reads {path}, and never the other."),
        N_("Compare: diff {path} {beside}. Take over into {path} what only the other says; it is of no use then."),
    ),
    "beside-unread": Words(
        N_("{beside}: the new text of {path}, which cannot be read any more."),
        N_("Both are kept: the one holds what a person wrote, the other what the program had to say."),
        N_("Compare: diff {path} {beside}. Mend {path}, and take over into it what only the other says."),
    ),
    "no-journal": Words(
        N_("{path}: minutes whose journal is not on this machine."),
        N_("That is usual for a meeting that was held elsewhere: the minutes are all that is needed."),
        N_("Nothing."),
    ),
    "no-minutes": Words(
        N_("{meeting}: closed, and its minutes are not here."),
        N_("They were moved or deleted; the journal can write them again."),
        N_("facilitator minutes {meeting}"),
    ),
}

# Why a line of a journal cannot be read.
LINE_REASONS = {
    "foreign": N_("it is not a line of the program, or not a whole one"),
    "checksum": N_("its bytes changed since it was written"),
    "conflict": N_("it is a marker of a merge that failed"),
    "not-an-act": N_("it is whole, and holds no act"),
    "not-a-file": N_("this is no file of its own, but a link, a folder or a pipe"),
    "too-large": N_("the file is larger than any journal"),
    "no-access": N_("it may not be read"),
    "torn": N_("its end is missing: the write was interrupted"),
}
