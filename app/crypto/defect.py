"""What can be wrong with a signature: a closed list, one code each, for the log and the tray."""

from enum import StrEnum


class Defect(StrEnum):
    """Why a signature or its certificate is not accepted."""

    # the form of the signature file
    NOT_CANONICAL = "not_canonical"
    NO_SIGNER = "no_signer"
    TWO_SIGNERS = "two_signers"
    DIGEST_ALGORITHM = "digest_algorithm"
    KEY_ALGORITHM = "key_algorithm"
    CERTIFICATE_SWAPPED = "certificate_swapped"
    # the signature itself
    CONTENT_CHANGED = "content_changed"
    SIGNATURE_WRONG = "signature_wrong"
    # the certificate
    OTHER_ROOT = "other_root"
    SELF_SIGNED = "self_signed"
    NOT_SELF_SIGNED = "not_self_signed"
    AUTHORITY_AS_SIGNER = "authority_as_signer"
    KEY_USAGE = "key_usage"
    ROLE_MISSING = "role_missing"
    POLICY_MISSING = "policy_missing"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    CHAIN_INVALID = "chain_invalid"
    # its revocation
    REVOKED = "revoked"
    REVOCATION_UNKNOWN = "revocation_unknown"
    REVOCATION_LIST_EXPIRED = "revocation_list_expired"


class SignatureRefusedError(Exception):
    """A signature that is not accepted. Whoever asked turns :attr:`defect` into words."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.value)
        self.defect = defect
