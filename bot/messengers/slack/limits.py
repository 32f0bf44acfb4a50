"""How long things may be in Slack. Lengths of text objects and of the notification line are those of the escaped string."""

from typing import Final

# messages
BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
NOTIFICATION: Final = 4000  # Slack cuts at 40 000; nobody reads that in a notification
RICH_TEXT: Final = 3000  # one element of rich text; Slack names no figure, and this is that of a section
WHOLE_TEXT: Final = 9000  # all of a message's text, so that it stays well below what Slack refuses as a whole
QUOTE: Final = 2900
CONTEXT: Final = 2000
LINES: Final = 30  # fields of a message, bars of a card
TABLE: Final = 2900
HEADER: Final = 150

# things to press
BUTTONS: Final = 25
LABEL: Final = 75
VALUE: Final = 2000
ID: Final = 255
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

# forms
TITLE: Final = 24
METADATA: Final = 3000
INPUT_LABEL: Final = 2000
INPUT_TEXT: Final = 3000
OPTIONS: Final = 100
OPTION: Final = 75
OPTION_VALUE: Final = 150
DESCRIPTION: Final = 75
ERROR: Final = 500  # Slack names no figure for a field's error

# sending
BURST: Final = 3
PER_SECOND: Final = 1.0
