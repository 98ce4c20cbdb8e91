"""The newsletter of a month: fed by every meeting, edited by people, read back, changed where it stands, sent as a mail."""
