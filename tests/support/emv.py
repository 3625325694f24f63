"""EMV merchant QR read independently of the product: plain TLV and CRC, for checking what it writes."""


def fields_of(text: str) -> dict[str, str]:
    """The fields of one level: two digits id, two digits length, value."""
    found: dict[str, str] = {}
    while text:
        size = int(text[2:4])
        assert len(text) >= 4 + size, f"field {text[:2]} is cut off"
        assert text[:2] not in found, f"field {text[:2]} stands twice"
        found[text[:2]] = text[4 : 4 + size]
        text = text[4 + size :]
    return found


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 1021, start FFFF."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc
