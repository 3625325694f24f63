"""What operators ask of money from outside: `flask bank`, `flask vietqr`, `flask receipts`.

All of them may run beside the server. Those that read lines answer each with one line and end with exit 0
once every line has its answer; the others end with 0 / 1 / 2 for yes / no / wrong usage.
"""

from flask.cli import AppGroup

bank_group = AppGroup("bank", help="Stand in for the bank; judge notices and transfer texts.")
