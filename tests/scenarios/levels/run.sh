#!/bin/sh
# A question that a local network cannot answer goes up two levels, and its answer comes back down. Run it in an empty directory:
#   FACILITATOR="path/to/facilitator" sh run.sh
# It makes three workspaces: roannais (intercommunality), loire (département) and aura (region). What must come out of it is in
# expected.md. Dates are told, so that it may be replayed on any day.
set -eu
HOME=$(mktemp -d); XDG_STATE_HOME=$HOME/state; XDG_CONFIG_HOME=$HOME/config; export HOME XDG_STATE_HOME XDG_CONFIG_HOME
f=${FACILITATOR:-facilitator}

network() {  # folder, name, scale, perimeter, levels
  mkdir -p "$1"
  cat >"$1/facilitator.yaml" <<EOF
name: $2
scale: $3
language: fr
timezone: Europe/Paris
perimeter: [$4]
levels: [$5]
EOF
  cat >"$1/agenda.yaml" <<EOF
title: Rencontre du réseau
slug: $1
steps: [{ kind: needs, duration: 30m }, { kind: closing, duration: 10m }]
EOF
}

network roannais "Réseau roannais" epci "Roannais Agglomération" "{ network: loire, level: departement, digests: ../loire }"
network loire "Réseau de la Loire" departement "Loire" \
  "{ network: roannais, level: epci, digests: ../roannais }, { network: aura, level: region, digests: ../aura/digests }"
network aura "Réseau Aura" region "Auvergne-Rhône-Alpes" "{ network: loire, level: departement, digests: ../loire }"

# Le Roannais demande.
d=2026-11-10
$f start roannais/agenda.yaml --workspace roannais --at "$d 09:30"
$f add question "Quel budget 2027 pour nos postes ?" --by "Awa S." --workspace roannais --at "$d 09:40"
$f add need "Mon contrat s'arrête" --by "Awa S." --individual --workspace roannais --at "$d 09:45"
$f add resource "Modèle de mandat" --link "https://example.org/mandat" --workspace roannais --at "$d 09:50"
$f send Q1 relay --workspace roannais --at "$d 09:55"
$f close --workspace roannais --at "$d 10:30"
$f digest --workspace roannais >roannais.txt

# La Loire reçoit, porte la question à sa rencontre, et ne sait pas non plus.
d=2026-11-24
$f receive --workspace loire >loire-received.txt
$f new --workspace loire --date "$d" --title "Rencontre de la Loire"
$f start "loire/agendas/$d-rencontre-de-la-loire.yaml" --workspace loire --at "$d 14:00"
$f send Q1 relay --workspace loire --at "$d 14:20"
$f close --workspace loire --at "$d 15:00"
$f digest --workspace loire

# La région reçoit, et répond.
d=2026-12-01
$f receive --workspace aura >aura-received.txt
$f new --workspace aura --date "$d" --title "Rencontre régionale"
$f start "aura/agendas/$d-rencontre-regionale.yaml" --workspace aura --at "$d 10:00"
$f answer Q1 "Le même qu'en 2026, reconduit par avenant." --workspace aura --at "$d 10:10"
$f close --workspace aura --at "$d 11:00"
$f digest --workspace aura

# La réponse redescend : de la région à la Loire, de la Loire au Roannais.
$f receive --workspace loire >loire-answered.txt 2>&1
$f digest --workspace loire
$f receive --workspace roannais >roannais-answered.txt 2>&1
$f followups --workspace roannais >roannais-followups.txt
# Une fois de plus ne change rien.
$f receive --workspace roannais >roannais-again.txt 2>&1
