"""Driftsvagt: a support desk that lives in the messenger people already use.

**People and time act; the desk decides; the messengers carry the words.**

   Slack   Teams   browser   terminal   ticker   supplier mail         who acts
     └───────┴───────┴──────────┴─────────┴───────────┘
 cli/ · demo/ · app/ · web/                                             open the door, wire the parts
 messengers/  suppliers/  storage/  search/  reports/  settings.py     translate, carry, remember, find, show
     └───────────────────────┬───────────────────────┘
              desk/                       wording/                     what can be done | what we say
     └───────────────────────┬───────────────────────┘
                          domain/                                      what is true (pure)

Imports point down only, and parts joined by a bar never import each other:

 __main__ > cli > demo > app > web > messengers | suppliers | storage | search | reports | settings > desk | wording > domain

A question comes in by a messenger (`messengers/*/receive`), is masked, kept in the inbox, and handed to
`desk/reception.handle`. One module per journey loads, decides (the verbs are in `domain/ticket`, `domain/supplier_case`),
saves and tells: notices lie in the outbox until `desk/delivery` sends them, and are put into words (`wording/word`) at that
moment. Time comes in by the ticker (`desk/clocks`) in the same way.
"""

import os

__version__ = "0.1.0"

# Of numpy, before it is loaded: the matrices are small, and on a busy machine several threads wait for each other
# (an index of the sample was built in 28 to 50 seconds beside four busy processes; with one thread in 7).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
