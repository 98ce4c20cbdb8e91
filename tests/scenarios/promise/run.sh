#!/bin/sh
# Two hours and a half in which everything goes wrong, and an end at the promise. Run it in an empty directory that holds
# agenda.yaml:   FACILITATOR="path/to/facilitator" sh run.sh
# It writes what the program said on the way into *.txt and *.json; what must come out of it is in expected.md.
set -eu
HOME=$(mktemp -d); XDG_STATE_HOME=$HOME/state; XDG_CONFIG_HOME=$HOME/config; export HOME XDG_STATE_HOME XDG_CONFIG_HOME
f=${FACILITATOR:-facilitator}
d=2026-11-26
$f start agenda.yaml --at "$d 09:42"                      # 12 minutes late
for who in "Awa S." "Karim B." "Nora T."; do $f attend "$who" --at "$d 09:42"; done
$f handover "Karim B." --at "$d 09:43"
$f status --json --at "$d 09:57" >late.json
$f next --at "$d 09:57"                                   # welcome, 15 of 15
$f status --json --at "$d 10:27" >official.json           # the official speaks 20 minutes more than the 10 planned
$f replan --at "$d 10:27" >offers.txt
$f replan --json --at "$d 10:27" >offers.json
$f replan 1 --at "$d 10:27"                               # shorten what follows: 27 minutes won
$f status --json --at "$d 10:27" >shortened.json
$f undo --at "$d 10:27"                                   # she looks at it without,
$f status --json --at "$d 10:27" >undone.json
$f redo --at "$d 10:27"                                   # and takes it
$f next --at "$d 10:27"
$f next --at "$d 10:41"                                   # news, 14
$f add question "Qui prête une salle à Montbrison ?" --by "Awa S." --at "$d 10:44"
$f answer Q1 "La médiathèque, le mardi." --at "$d 10:46"
$f attend "Élodie P." --late --at "$d 10:47"
$f gap note --from 10:50 --to 10:54 --at "$d 10:55"       # the lid was closed
$f status --json --at "$d 10:55" >unsettled.json
$f gap break --at "$d 10:55"                              # it was a break: four minutes given back to the step
$f replan --json --at "$d 10:56" >four-over.json          # and the end is four minutes late again
$f less 2 --at "$d 10:56"
$f replan break --at "$d 10:56"                           # the break is made shorter
$f status --json --at "$d 10:56" >four-won.json
$f next --at "$d 11:05"                                   # needs, 20 and the gap
$f next --at "$d 11:10"                                   # break, 5
$f handover --at "$d 11:10"                               # to Nora T., whom the agenda names
$f replan --json --at "$d 11:36" >workshop.json           # its first phase took 26 instead of 20
$f replan 1 --at "$d 11:36"                               # saved: the second phase has 14, the workshop its 40
$f next --at "$d 11:36"
$f add decision "Un carnet de pratiques partagé" --at "$d 11:40"
$f add action "Ouvrir le carnet" --owner "Nora T." --due 2026-12-10 --at "$d 11:45"
$f next --at "$d 11:50"
$f status --json --at "$d 11:50" >closing.json
if $f replan --end 11:40 --at "$d 11:51"; then echo "promised an end that is past" >&2; exit 1; fi
if $f replan --step 1 --duration 5m --at "$d 11:51"; then echo "changed a step that was held" >&2; exit 1; fi
if $f less 10 --at "$d 11:51"; then echo "left nothing of the last step" >&2; exit 1; fi
$f close --summary "Tout a débordé, et nous avons fini à midi." --at "$d 12:00"
$f status --json >closed.json
$f minutes --stdout >minutes.md
