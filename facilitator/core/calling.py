"""What is missing after the last words of a text: a mention, a theme, a day that completes a sentence is part of it, and no field.

`Qui prévient @Karim` is a question about Karim, `Qui prévient la mairie @Karim` one of his. Better a field that was not taken than half a
sentence; but who is named last in an action is its owner.
"""

from __future__ import annotations

import re
from typing import Literal

from facilitator.core.regex import regex

Called = Literal["people", "theme", "link", "due", "deadline", "vote"]


def _words(said: str) -> frozenset[str]:
    return frozenset(said.split())


# Whatever follows these belongs to them.
_ALWAYS = {
    "fr": "à au aux avec chez comme contre dans de des du en entre et ou par pour sans sauf selon sur vers via voir cf est sont "
    "le la les un une ce cet cette mon ma mes son sa ses notre nos votre vos leur leurs ai as a avons avez ont était étaient "
    "sera seront serait soit ni que si où dont après avant pendant depuis malgré hors puis versus vs dixit",
    "en": "about and are as ask at by for from in into is of on or see than the this to via with my our your their his her an be "
    "was were been has have had if that nor but because since until between among after before against without like then per",
}
# Whom one greets, thanks, or names as holding an office, is nobody who said it.
_GREETED = regex(
    r"(?:.*[^\w'-])?(?:merci|bravo|bienvenue|bonjour|bonsoir|salut|coucou|félicitations|chapeau|pardon|désolée?|thanks?|thx|congrats"
    r"|congratulations|kudos|welcome|hi|hello|hey|bye|dear|sorry|cc|ping)"
    r"(?: (?:beaucoup|encore|bien|infiniment|you|you both|you again|a lot|so much|very much|again|all|both|you so much|you very much))?",
    re.DOTALL,
)
# That somebody else said so, has a copy, is the only one, is not to be forgotten; and what stands before a name.
_SAID = regex(
    r"\b(?:comme (?:le )?(?:dit|disait|propose|proposait|suggère)|en copie|seule?|uniquement|only|n'oubli\w+ pas|don't forget|we missed"
    r"|mme|mlle|mrs?|ms|dr|pr|madame|monsieur|m\.|collègues?|colleagues?|en retard)\Z"
)
# What is nobody's saying when it is all there is: a wish, a call, a word at the foot of a page.
_WISH = regex(
    r"(?:mon|ma|notre|votre|my|our|bon|bonne|joyeux|joyeuse|belle|good|great|nice|happy|well|bien) [^\W\d_]+|à (?:toi|vous|lui|elle|eux|demain|bientôt|plus)|see you|over to(?: you)?"
    r"|(?:your|à ton|à votre|ton|votre) (?:turn|tour)|vas-y|allez-y|go|super|top|excellent|génial|parfait|attention|please|pls|s'il (?:te|vous) plaît"
    r"|stp|svp|pending|en attente|signée?|signed|crédits?(?: photos?)?|photos?|sources?"
)
_ACCOUNTS = _words(
    "compte comptes profil profils account profile handle pseudo mastodon twitter page chaîne groupe group team équipe"
)
_OFFICES = _words(
    "animatrice animateur contact contacts responsable responsables référent référente référents pilote secrétaire "
    "présent présents présente présentes excusé excusés excusée excusées absent absents absente absentes invité "
    "invités participants qui lead owner owners scribe chair facilitator attendees present regrets "
    "excused apologies who assignee trésorier trésorière président présidente vice-président vice-présidente treasurer president secretary "
    "items moderator host hôte rapporteur rapporteuse"
)
# What somebody has to do: of an action that is all there is to say.
_DUTIES = _words("animation secrétariat rédaction minutes notes photo photos accueil")
# What one does to people; a form that may be a noun too counts where a verb stands.
_TO_PEOPLE = (
    "accompagn aid alert associ cit consult contact convi désign embauch excus form félicit impliqu inform interpell interrog invit "
    "mentionn mobilis nomm notifi pay questionn recontact recrut relan[cç] rembours remerci rempla[cç] rencontr réinvit salu sollicit écout épaul"
).replace(" ", "|")
_INFINITIVE = regex(
    rf"(?:{_TO_PEOPLE})er|r?appeler|prévenir|avertir|accueillir|attendre|élire|choisir|soutenir|rejoindre|joindre|suivre|revoir|oublier|déranger"
)
_WE = regex(
    rf"(?:{_TO_PEOPLE})(?:ons|ez)|(?:r?appel|attend|préven|accueill|avertiss|soutenon|élis|choisiss|voy|rejoign)(?:ons|ez)|voyez"
)
_ONE = regex(
    rf"(?:{_TO_PEOPLE})(?:es?|ent)|r?appell(?:es?|ent)|attend(?:s|ent)?|préviens|prévient|préviennent|accueill(?:es?|ent)"
    r"|élit|élisent|voit|vois|voient|rejoint|choisit|soutient"
)
# Alone, these are things.
_NOUNS = _words(
    "aide aides relance relances forme formes alerte alertes écoute écoutes paie paies rencontre rencontres invites cite cites"
)
_DONE = regex(
    rf"(?:{_TO_PEOPLE})é|r?appelé|prévenu|averti|accueilli|attendu|élu|choisi|soutenu|rejoint|vu|revu|croisé|oublié"
)
_HAVING = _words("ai as a avons avez ont avait avaient avions j'ai déjà bien vient")
_WHO_DOES = _words("on je j' tu il elle ils elles qui que ne n' se s' et")
_OBJECTS = _words("le la les l' lui leur me m' te t' se s' vous")
# Where what is to be done follows its object, as in `Mairie à contacter`: after these it does not.
_VERB_TO = _words("pense penser pensez pensons reste commencer continuer chercher aider réussir tenir tient prêt prête")
_ENGLISH = _words(
    "add appoint brief call congratulate consult contact copy dm elect email follow help inform introduce invite join mail meet message "
    "nominate notify pay phone ping remind reimburse replace support tell thank welcome"
)
_ENGLISH_DONE = regex(
    r"(?:add|appoint|call|contact|elect|email|follow|help|inform|invit|join|mail|messag|nominat|pinged|phon|remind|replac|thank|welcom)ed"
    r"|met|told|asked|saw|notified|paid"
)
_DOING = regex(
    r"(?:call|contact|elect|email|help|inform|invit|meet|notify|pay|remind|replac|support|tell|thank|welcom)ing"
)
_BEFORE_VERB = _words(
    "to please pls should must will can could would may might let's we i you they also just then and or not don't never always someone somebody who quelqu'un"
)
_BEING = _words("i'm we're you're be is are was were been being get got")
# What a theme is the name of, and what one does with that.
_NAMED = _words(
    "canal salon channel room hashtag hashtags mot-dièse mot-clé mots-clés tag tags étiquette étiquettes libellé label rubrique catégorie category nommé appelé s'appelle called named topic sujet thème thèmes "
    "theme themes joined left rejoint quitté rejoindre join utiliser use suivre follow"
)
# What one does with an address, and where it is.
_TO_PAGES = _words(
    "lire relire consulter ouvrir visiter remplir compléter télécharger partager regarder écouter tester essayer utiliser suivre "
    "rejoindre installer commenter corriger signer vérifier lisez relisez consultez ouvrez visitez remplissez complétez "
    "téléchargez partagez regardez rejoignez signez testez vérifiez read visit check open fill join use watch review try "
    "sign share follow download test go trouve trouvent ici là here"
)
# What happens on the day that follows.
_ON_A_DAY = _words(
    "est sont sera seront is are be lieu place tiendra tiendront tient fixé fixée fixés fixées prévu prévue prévus prévues programmé programmée reporté reportée "
    "reportés reportées décalé décalée avancé avancée commence commencent commencera débute débutent débutera démarre démarrent "
    "ouvre ouvrent ouvrira ferme ferment termine terminent starts start begins begin opens open closes close ends end held "
    "scheduled planned moved postponed"
)
# What lasts until a day, and awaits nobody's answer.
_LASTING = _words(
    "absent absente absents absentes fermé fermée fermés fermées congé congés vacances arrêt malade indisponible indisponibles "
    "suspendu suspendue suspendus suspendues interrompu interrompue panne travaux maintenance closed away off out unavailable "
    "suspended leave holiday holidays"
)
# What is for a day, and is nothing to be done by then.
_FOR_A_DAY = _words(
    "tout rien all nothing enough merci thanks d'accord ok prêt prête prêts prêtes libre libres disponible disponibles absent "
    "wait plan plans absente absents absentes ready free available prévu prévue prévus prévues bon bonne"
)
# What is decided once; after other words, how is part of the sentence.
_AGREED = regex(
    r"(?:[.,;:!?()\u2013\u2014-]|\w[\u00e9]e?s?|\bprise?|\bélue?s?|\b(?:reten|reconn)ue?s?|\bchoisie?s?|\w{3}ed|\b(?:chosen|taken|made|kept))\Z",
    re.IGNORECASE,
)
_COUNTED = _words("vote votes scrutin résultat résultats result results")
# Where a sentence begins anew.
_STOPS = (".", ",", ";", ":", "!", "?", "\u2026", "-", "\u2013", "\u2014", "(", "\u00ab", "\u00bb", "*", "]")
_MOST_WORDS = 4


def calls(
    text: str, field: Called | None = None, *, colon: bool = False, owned: bool = False, unknown: bool = False
) -> bool:
    """Whether the end of a text calls for what follows it, a `field` of this sort, after a `colon` or not.

    `owned`: those who are named would be the owners of an action, which may be said after a colon. `unknown`: nobody knows them, who
    may be the name of an account.
    """
    words = text.lower().replace("\u2019", "'").split()[-_MOST_WORDS:]
    word = words[-1].lstrip('(\u00ab"')
    first = len(text.split(None, 1)) == 1
    if word.endswith("'"):
        return True
    tail = word.rsplit("'", 1)[-1]
    # An option, a room: `Plan A`.
    letter = not first and len(tail) == 1 and text[-1].isupper()
    if tail in _EVERYWHERE and not letter:
        return True
    match field:
        case "people":
            if first and owned and word in _DUTIES:
                return False
            label = ((first or colon) and word in (_OFFICES | _DUTIES)) or (unknown and word in _ACCOUNTS)
            named_before = len(words) > 1 and words[-2].startswith("@") and not word.startswith(("#", "@", "http"))
            spoken_to = label or named_before or (colon and (first or not owned)) or _addressed(words)
            # Who is named last in an action does it, whatever its verb: there `@` is the sign of an owner.
            return spoken_to or (not owned and _to_people(words, word, colon=colon))
        case "theme":
            return colon or word in _NAMED or tail in _NAMED
        case "link":
            return word in _TO_PAGES
        case "due":
            return word in _FOR_A_DAY
        case "deadline":
            return word in _LASTING
        case "vote":
            return word in _COUNTED
    return False


def happens(text: str) -> bool:
    """Whether the end of a text says that something happens on the day that follows: `La réunion aura lieu`."""
    return text.lower().rsplit(maxsplit=1)[-1] in _ON_A_DAY


def agrees(text: str) -> bool:
    """Whether a text may end with how it was agreed: `Charte adoptée`; `Le bureau décide par consensus` says how he always does."""
    return _AGREED.search(text) is not None


def _addressed(words: list[str]) -> bool:
    """Whether the words speak to those who are named next, or of them."""
    end = " ".join(words)
    return bool(_GREETED.fullmatch(end) or _SAID.search(end) or (len(words) < _MOST_WORDS and _WISH.fullmatch(end)))


def _to_people(words: list[str], word: str, *, colon: bool) -> bool:
    """Whether the last word is a verb of which those who are named next are the object."""
    before = words[-2] if len(words) > 1 else ""
    begins = not before or before.endswith(_STOPS)
    if _INFINITIVE.fullmatch(word):
        passive = before == "à" and len(words) > 2 and words[-3] not in _VERB_TO and not words[-3].endswith(_STOPS)
        return before not in _OBJECTS and (colon or not passive)
    if _DONE.fullmatch(word) and (
        before in _HAVING or before.endswith("'ai") or (begins and word in ("vu", "revu", "élu"))
    ):
        return True
    if _WE.fullmatch(word) or (_ONE.fullmatch(word) and ((begins and word not in _NOUNS) or before in _WHO_DOES)):
        return True
    if _DOING.fullmatch(word):
        return (begins and word != "meeting") or before in _BEING
    if word in _ENGLISH:
        return begins or before in _BEFORE_VERB
    return _ENGLISH_DONE.fullmatch(word) is not None and before not in _BEING


_EVERYWHERE = frozenset(word for said in _ALWAYS.values() for word in said.split())
