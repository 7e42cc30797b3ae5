"""What a person says through Tieline: a source of its own, `own-word:<handle>`, for each of them.

It is written by the very pipeline that loads a partner's file: rows, records, observations, ties,
in one transaction. So it outlives every partner, is found again after a merge, and can be taken
back whole (`tieline withdraw own-word:...`). Nothing said is overwritten: a day's later answer
supersedes the earlier one, whose record stays; of several days the newest counts. What was said
already that day is not written again.

    own-word:H:me                            who speaks, by the ids they had then
    own-word:H:me/<field>/<day>/<n>          consent, taking requests
    own-word:H:tie/<kind>/<handle>/<day>/<n> how a tie is
    own-word:H:added/<kind>/<hash>           somebody or something added
    own-word:H:correct/<handle>/<field>/<day>/<n>
"""
