"""The text inside a Vietnamese bank-transfer QR, written strictly and read tolerantly; names of banks.

Refuses to guess: a wrong check sum or nested length is refused with its reason. Door: `vietqr`.
"""
