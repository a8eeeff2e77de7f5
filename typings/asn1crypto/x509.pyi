from asn1crypto.core import Asn1Value

class Name(Asn1Value): ...

class Certificate(Asn1Value):
    issuer: Name
    serial_number: int
