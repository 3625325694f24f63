"""Cash: what people of a seller took at the stall and at doors, and the purse it lies in until it is counted.

Cash is attested through `payments`, under the taker's name; a purse is what one person took since they last
counted. It refuses to hide a difference: what was expected and what was counted are both kept, for ever.

A carrier's list settles many orders with one line of the bank.

Doors: `purses` (open_purse, move, close), `collecting` (collect), `remittances` (look, settle),
`remittance_list` ◦.
"""
