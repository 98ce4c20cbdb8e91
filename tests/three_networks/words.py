"""What is said in three networks over a year: invented, as people in the trade would say it."""

from __future__ import annotations

from typing import NamedTuple


class Asked(NamedTuple):
    """A question, its theme, and the answer that somebody gives to it sooner or later."""

    text: str
    theme: str
    answer: str


class Person(NamedTuple):
    """Someone of a network: what facilitator.yaml says of them."""

    name: str
    structure: str
    place: str | None = None
    knows: tuple[str, ...] = ()


class Words(NamedTuple):
    """All that is said in one network."""

    folder: str
    name: str
    scale: str
    perimeter: str
    title: str
    coordinator: str
    people: tuple[Person, ...]
    questions: tuple[Asked, ...]
    relayed: tuple[Asked, ...]
    needs: tuple[tuple[str, str], ...]
    returning: tuple[tuple[str, str], ...]
    offers: tuple[tuple[str, str], ...]
    decisions: tuple[str, ...]
    actions: tuple[str, ...]
    asides: tuple[str, ...]
    calls: tuple[str, ...]
    reports: tuple[str, ...]
    resources: tuple[str, ...]
    workshops: tuple[str, ...]
    learned: tuple[str, ...]
    seen: tuple[str, ...]


ROANNAIS = Words(
    folder="roannais",
    name="Réseau roannais",
    scale="epci",
    perimeter="Roannais Agglomération, Charlieu-Belmont, Pays d’Urfé",
    title="Rencontre du réseau roannais",
    coordinator="Claire Dumas",
    people=(
        Person("Claire Dumas", "Roannais Agglomération"),
        Person("Awa Diallo", "CCAS de Roanne", "CCAS de Roanne", ("droits", "impôts")),
        Person("Karim Benali", "Médiathèque de Riorges", "médiathèque de Riorges", ("tablettes", "matériel")),
        Person("Nora Lefèvre", "Centre social Moulin à vent", "centre social Moulin à vent", ("ateliers", "parents")),
        Person("Fatou Sarr", "France services de Renaison", "France services de Renaison", ("droits", "mandat")),
        Person("Hugo Blanc", "Mission locale", "mission locale de Roanne", ("emploi", "smartphone")),
        Person("Paul Rivière", "Communauté de communes Charlieu-Belmont", "tiers-lieu de Charlieu", ("arnaques",)),
        Person("Inès Marchand", "Association Le Fil", None, ("français",)),
        Person("Léa Moreau", "Médiathèque de Roanne", "médiathèque de Roanne", ("photos",)),
        Person("Yanis Faure", "Régie de quartier", "régie de quartier du Parc", ("réemploi",)),
    ),
    questions=(
        Asked("Qui paie l’habilitation Aidants Connect ?", "droits", "Personne : elle est gratuite. La structure signe une convention, chaque aidant suit une journée de formation."),
        Asked("Quel outil pour signer un PDF sans compte ?", "outils", "Le lecteur de PDF de Firefox : on y dessine sa signature, rien ne part sur un serveur."),
        Asked("Où trouver des tablettes reconditionnées à moins de 100 € ?", "matériel", "À la recyclerie de Roanne, de 70 à 90 €, garanties un an."),
        Asked("Faut-il un mandat écrit pour faire une démarche à la place de quelqu’un ?", "droits", "Oui, sauf par Aidants Connect, qui en tient lieu."),
        Asked("Faut-il saisir les ateliers collectifs dans la Coop ?", "outils", "Oui, une saisie par atelier avec le nombre de participants."),
        Asked("Peut-on prêter du matériel entre structures, et qui assure ?", "matériel", "Oui, par une convention d’une page ; l’assurance de la structure qui emprunte couvre le prêt."),
        Asked("Que répondre à qui a perdu le mot de passe de sa messagerie et n’a plus son ancien téléphone ?", "outils", "Passer par la récupération du fournisseur, sur le poste où la messagerie était ouverte, et prévoir une semaine."),
        Asked("Existe-t-il une affiche « on ne fait pas à votre place » ?", "posture", "Oui, le centre social en a fait une ; elle est sur le wiki."),
        Asked("Comment aider une personne qui ne lit pas à prendre rendez-vous en préfecture ?", "droits", "Les points d’accueil numérique de la sous-préfecture reçoivent sans rendez-vous le jeudi."),
        Asked("Quelle durée pour un atelier smartphone de grands débutants ?", "ateliers", "Une heure et quart, à quatre personnes, et trois séances au moins."),
        Asked("Qui peut imprimer gratuitement une attestation ?", "matériel", "La médiathèque de Riorges et les deux France services, jusqu’à dix pages."),
        Asked("Comment refuser de tenir le mot de passe de quelqu’un ?", "posture", "Proposer un carnet qui reste chez la personne, et l’écrire avec elle."),
        Asked("Peut-on accompagner une déclaration d’impôts sans risque ?", "droits", "Oui avec la personne devant l’écran ; c’est elle qui valide."),
        Asked("Où trouver des claviers à grosses touches ?", "matériel", "Le CCAS en prête deux, à réserver à l’accueil."),
        Asked("Comment repérer un faux site de carte grise ?", "arnaques", "Le seul qui ne fait rien payer d’avance est celui de l’ANTS ; on y entre par service-public.gouv.fr."),
        Asked("Un jeune sans papiers peut-il ouvrir une adresse de courriel ?", "droits", "Oui, aucune pièce n’est demandée."),
        Asked("Quel logiciel pour apprendre à taper au clavier ?", "outils", "Tux Typing sur les postes de la médiathèque, et Klavaro à la maison."),
        Asked("Comment compter une personne venue trois fois ?", "outils", "Trois accompagnements, un bénéficiaire : la Coop le fait si l’on choisit sa fiche."),
        Asked("Faut-il une autorisation pour filmer un atelier ?", "droits", "Oui, écrite, de chacun, et pour les mineurs celle d’un parent."),
        Asked("Qui répare un ordinateur portable à petit prix ?", "matériel", "Le café réparation de la régie de quartier, le deuxième samedi."),
        Asked("Comment parler des écrans à des parents sans faire la leçon ?", "parents", "Partir de ce que les enfants montrent, et commencer par jouer ensemble."),
        Asked("FranceConnect refuse une personne mal orthographiée : que faire ?", "droits", "Faire corriger l’état civil auprès de l’assurance maladie, cela prend un mois."),
        Asked("Quels supports en français facile ?", "ateliers", "Ceux de l’association Le Fil, sur le wiki, dossier « FALC »."),
        Asked("Peut-on donner un ancien ordinateur du service à une famille ?", "matériel", "Oui, une fois le disque effacé, par une délibération ou par la recyclerie."),
        Asked("Comment signaler un courriel d’hameçonnage ?", "arnaques", "Signal Spam pour le courriel, le 33700 pour un SMS."),
        Asked("Quel forfait téléphonique pour un bénéficiaire du RSA ?", "droits", "Le forfait social d’Orange et ceux d’Emmaüs Connect, sur orientation."),
        Asked("Comment aider à distance sans prendre la main ?", "posture", "Par téléphone, la personne lit l’écran ; sinon RustDesk, ouvert par elle."),
        Asked("Qui connaît un interprète en tigrigna ?", "français", "L’association Le Fil a deux bénévoles, à prévenir la semaine d’avant."),
        Asked("Peut-on utiliser une IA pour écrire un courrier à la CAF ?", "outils", "Pour un modèle oui, jamais avec le nom ni le numéro de la personne."),
        Asked("Comment faire venir des hommes aux ateliers ?", "ateliers", "Au café réparation, ils sont la moitié : entrer par l’objet."),
        Asked("Où mettre à jour une carte Vitale ?", "droits", "À la borne de la pharmacie ; celle de la CPAM est en panne jusqu’en mai."),
        Asked("Quel moteur de recherche conseiller ?", "outils", "Celui que la personne a déjà, avec un bloqueur de publicité."),
        Asked("Comment accompagner une inscription à France Travail en une fois ?", "emploi", "Préparer le RIB, la pièce et le mot de passe de messagerie ; compter une heure et demie."),
        Asked("Qui a un vidéoprojecteur pour un soir ?", "matériel", "La médiathèque de Roanne, sur réservation."),
        Asked("Les arnaques au faux conseiller bancaire : quoi dire ?", "arnaques", "Aucune banque ne demande de valider ; raccrocher, rappeler le numéro de la carte."),
        Asked("Comment dire non quand la file s’allonge ?", "posture", "Donner un rendez-vous daté plutôt qu’un « repassez »."),
    ),
    relayed=(
        Asked("Quel budget 2027 pour nos postes ?", "postes", "Le même qu’en 2026, reconduit par avenant."),
        Asked("L’habilitation Aidants Connect suit-elle la personne qui change d’employeur ?", "droits", "Non, elle est liée à la structure ; la nouvelle fait une demande, sans nouvelle formation."),
        Asked("Peut-on avoir un accès groupé à la Coop pour les remplaçants ?", "outils", "Oui, depuis juin : le coordinateur ouvre un accès d’un mois."),
        Asked("Qui finance les clés 4G des personnes sans connexion ?", "matériel", "Le fonds départemental, dans la limite de quarante clés par an."),
    ),
    needs=(
        ("Un vidéoprojecteur, deux jours en janvier", "matériel"),
        ("Des chargeurs de tous les modèles", "matériel"),
        ("Quelqu’un qui parle pachto, un mardi", "français"),
        ("Un modèle de convention de prêt", "matériel"),
        ("Une salle le samedi matin à Roanne", "lieux"),
        ("Des cartes pour le jeu des mots de passe", "ateliers"),
    ),
    returning=(
        ("Une trame commune d’atelier smartphone", "ateliers"),
        ("Une demi-journée sur les arnaques en ligne", "arnaques"),
        ("Une trame d’ateliers pour smartphones", "ateliers"),
        ("Se former aux arnaques en ligne", "arnaques"),
    ),
    offers=(
        ("Prêter six tablettes de la médiathèque, hors vacances scolaires", "matériel"),
        ("Animer un atelier sur les arnaques en ligne", "arnaques"),
        ("Prêter un vidéoprojecteur", "matériel"),
        ("Accueillir une rencontre à la régie de quartier", "lieux"),
    ),
    decisions=(
        "Le réseau adopte une charte « faire avec, pas à la place ».",
        "Les rencontres ont lieu le deuxième mardi du mois, de 9 h 30 à 12 h.",
        "Les supports d’ateliers sont mutualisés sur le wiki, un dossier par thème.",
        "Le prêt de matériel entre structures passe par une convention d’une page.",
        "Une permanence commune se tient le premier lundi au tiers-lieu de Charlieu.",
        "Chaque structure tient une heure sans rendez-vous par semaine.",
    ),
    actions=(
        "Rédiger la charte", "Ouvrir le dossier « ateliers » du wiki", "Demander un devis pour dix tablettes",
        "Écrire la convention de prêt", "Réserver la salle du samedi", "Faire la liste des lieux qui impriment",
        "Inviter la sous-préfecture", "Traduire l’affiche en anglais et en arabe", "Relancer l’assurance",
        "Préparer le jeu des mots de passe", "Mettre à jour l’annuaire des lieux", "Prévenir la CPAM de la borne en panne",
    ),
    asides=("La machine à café commune", "Un nom pour le réseau", "Le covoiturage entre structures", "Une tenue d’été"),
    calls=("AMI « Inclusion numérique des aînés »", "AAP « Tiers-lieux nourriciers »", "Fonds d’équipement 2027", "Bourses « Parents connectés »"),
    reports=("Rapport sur l’illectronisme en milieu rural", "Baromètre du numérique", "La Coop change de page d’accueil"),
    resources=("Modèle de mandat", "La grille « faire, faire avec, faire faire »", "Fiches « mes premiers pas »", "Jeu des mots de passe"),
    workshops=(
        "Accompagner sans faire à la place", "Les démarches qui coincent", "Une trame pour l’atelier smartphone",
        "Les arnaques en ligne", "Réparer plutôt que jeter", "Parler des écrans avec les parents",
    ),
    learned=(
        "On commence par demander ce que la personne sait déjà faire.",
        "Le carnet de mots de passe se tient au crayon.",
        "Un groupe de quatre, un accompagnant : au-delà, on démontre.",
        "Finir par refaire seul, sans aide, la dernière manipulation.",
    ),
    seen=(
        "L’espace numérique ouvre le mercredi et le samedi : 12 postes, 2 imprimantes.",
        "Un coin sans écran pour l’accueil : on commence par parler.",
        "Le jeudi, un café où l’on vient avec son téléphone.",
    ),
)  # fmt: skip

LOIRE = Words(
    folder="loire",
    name="Réseau de la Loire",
    scale="departement",
    perimeter="Loire",
    title="Rencontre du réseau de la Loire",
    coordinator="Solène Garnier",
    people=(
        Person("Solène Garnier", "Département de la Loire"),
        Person("Claire Dumas", "Roannais Agglomération", "Roanne", ("ateliers",)),
        Person("Bruno Teyssier", "Forez-Est", "Feurs", ("matériel",)),
        Person("Maud Chapuis", "Saint-Étienne Métropole", "Saint-Étienne", ("droits", "emploi")),
        Person("Idris Haddad", "CAF de la Loire", None, ("caf",)),
        Person("Jeanne Perrin", "Monts du Pilat", "Bourg-Argental", ("mobilité",)),
    ),
    questions=(
        Asked("Qui anime le groupe « réemploi » du département ?", "matériel", "Forez-Est, avec la recyclerie de Feurs."),
        Asked("Peut-on partager un conseiller entre deux intercommunalités ?", "postes", "Oui, par une convention de mise à disposition."),
        Asked("Comment joindre un référent CAF sans passer par le standard ?", "caf", "Par l’adresse du partenariat, réponse sous trois jours."),
        Asked("Qui forme les secrétaires de mairie ?", "droits", "Le centre de gestion, deux sessions par an."),
        Asked("Un bus peut-il être financé par deux départements ?", "mobilité", "Oui, s’il y a un seul porteur."),
        Asked("Faut-il une carte commune des lieux ?", "outils", "La carte nationale suffit si chacun y tient ses horaires."),
        Asked("Où en est la feuille de route France Numérique Ensemble ?", "postes", "Signée en mars, suivie tous les six mois."),
        Asked("Qui prête une salle de visioconférence ?", "matériel", "Saint-Étienne Métropole, le mercredi."),
    ),
    relayed=(
        Asked("Les postes vacants seront-ils financés jusqu’en décembre ?", "postes", "Oui, si le recrutement est fait avant l’été."),
    ),
    needs=(("Un bus pour les communes sans lieu", "mobilité"), ("Un formateur « accessibilité »", "accessibilité")),
    returning=(("Un point d’accès aux droits par canton", "droits"), ("Des points d’accès aux droits dans chaque canton", "droits")),
    offers=(("Prêter une salle de visioconférence", "matériel"),),
    decisions=("Une journée départementale a lieu en octobre.", "Le fonds des clés 4G est ouvert aux associations.", "Chaque réseau envoie sa synthèse avant le 20."),
    actions=("Écrire le cahier des charges du bus", "Réserver la salle de la journée", "Relancer la CAF", "Faire le bilan des clés 4G"),
    asides=("Un logo départemental",),
    calls=("Appel « Territoires inclusifs »", "Fonds départemental d’équipement"),
    reports=("Schéma départemental des services au public",),
    resources=("Convention de mise à disposition", "Tableau de suivi des postes"),
    workshops=("Coordonner sans commander", "Mesurer ce que nous faisons"),
    learned=("Un tableau que personne ne remplit ne sert à personne.", "Partir des questions relayées."),
    seen=("Les locaux de l’EPN : vingt postes, et un atelier bois à côté.",),
)  # fmt: skip

AURA = Words(
    folder="aura",
    name="Réseau Aura",
    scale="region",
    perimeter="Auvergne-Rhône-Alpes",
    title="Rencontre régionale",
    coordinator="Thomas Vidal",
    people=(
        Person("Thomas Vidal", "Hub régional"),
        Person("Solène Garnier", "Département de la Loire", "Saint-Étienne", ("droits",)),
        Person("Rachid Amrani", "Préfecture de région", "Lyon", ("financements", "postes")),
        Person("Élise Bouvier", "Département de l’Isère", "Grenoble", ("matériel",)),
        Person("Marc Oudin", "Département de l’Allier", "Moulins", ("formation",)),
    ),
    questions=(
        Asked("Quel calendrier pour les conventions 2027 ?", "postes", "Signature en novembre, premier versement en janvier."),
        Asked("Qui tient l’annuaire régional ?", "outils", "Le Hub, mis à jour chaque trimestre."),
        Asked("Une formation commune aux départements ?", "formation", "Oui, quatre journées à l’automne."),
        Asked("Comment compter l’itinérance ?", "mobilité", "En demi-journées et en communes, pas en kilomètres."),
    ),
    relayed=(),
    needs=(("Un modèle de rapport d’activité", "outils"),),
    returning=(("Une formation à l’accessibilité", "accessibilité"), ("Se former à l’accessibilité", "accessibilité")),
    offers=(("Relire les dossiers de candidature", "financements"),),
    decisions=("Quatre journées de formation sont ouvertes à tous les départements.", "Les synthèses sont lues avant chaque rencontre régionale."),
    actions=("Publier le calendrier des conventions", "Ouvrir les inscriptions aux journées"),
    asides=("Une lettre commune avec les tiers-lieux",),
    calls=("AMI régional « Lieux de médiation »", "Appel national « Numérique ensemble »"),
    reports=("Bilan national des conseillers numériques",),
    resources=("Guide régional des financements",),
    workshops=("Faire remonter, faire redescendre",),
    learned=("Une réponse qui redescend vaut mieux qu’un guide de plus.",),
    seen=("Le plateau du Hub, et sa matériauthèque.",),
)  # fmt: skip
