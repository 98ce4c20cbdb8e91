"""The room on other people's telephones: one page and what it follows, for one meeting, on the local network.

All that is shown is made of a `PublicMeeting`; what is sent waits (`meetings.telephones`). Nothing is logged, no resource is fetched from
anywhere else, and no cookie is set.
"""

from __future__ import annotations
