"""The providers that tell us what banks saw, behind one small Protocol; refuses to store or match."""

from payments.providers.base import Provider
from payments.providers.casso import Casso
from payments.providers.payos import PayOS
from payments.providers.sepay import SePay

BY_NAME: dict[str, Provider] = {provider.name: provider for provider in (SePay(), Casso(), PayOS())}
"""Every provider we can listen to, by the name in its webhook address."""
