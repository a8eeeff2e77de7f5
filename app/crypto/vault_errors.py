"""What can go wrong with the keys of a workspace, in words.

A wrong passphrase says so and nothing more; everything else names the next step.
"""

from app.errors import UserFacingError
from app.i18n import N_


class WrongPassphraseError(UserFacingError):
    """No slot opened with what was typed."""

    code = "wrong_passphrase"
    message = N_("Wrong passphrase.")


class HeaderDamagedError(UserFacingError):
    """The key file is not, bit for bit, what was written. Found without deriving any key where possible."""

    code = "key_damaged"
    message = N_("The key file is damaged. Use its older copy or a backup.")


class HeaderNewerError(UserFacingError):
    """Written by a later version of the program."""

    code = "key_too_new"
    message = N_("This file was made by a newer version of the program. Install that version and open it again.")


class WrongWorkspaceKindError(UserFacingError):
    """A desk's key was given for a record, or the other way round."""

    code = "key_of_other_kind"
    message = N_("This key file belongs to another kind of workspace. Put the key file back beside its own file.")


class KeyCostOutOfRangeError(UserFacingError):
    """Weaker than allowed, or so costly that opening would be an attack on the computer (RFC 9106, section 4)."""

    code = "key_cost_out_of_range"
    message = N_("The key file asks for key settings outside the allowed range. Use its older copy or a backup.")


class NotEnoughMemoryForKeyError(UserFacingError):
    """The computer cannot give Argon2id the memory it needs."""

    code = "key_memory"
    message = N_("There is not enough free memory to open this file. Close other programs and try again.")


class OpenerUnknownError(UserFacingError):
    """No slot carries this name."""

    code = "opener_unknown"
    message = N_("{name} is not among the people who can open this record.")


class OpenerExistsError(UserFacingError):
    """Names are compared without regard to case and width."""

    code = "opener_exists"
    message = N_("{name} can already open this record. Choose another name.")


class OpenerNameError(UserFacingError):
    """Empty, too long, or with characters that cannot be seen."""

    code = "opener_name"
    message = N_("A name needs 1 to {longest} visible characters, without spaces at its ends.")


class TooManyOpenersError(UserFacingError):
    """The header holds a limited number of slots."""

    code = "too_many_openers"
    message = N_("A record can have at most {most} people who open it. Remove somebody first.")


class LastOpenerError(UserFacingError):
    """Removing the last opener would make the record unreadable for ever."""

    code = "last_opener"
    message = N_("{name} is the last person who can open this record. Add somebody else first.")


class RecoveryCodeWrongError(UserFacingError):
    """Typed without a slip, but of another file or replaced since."""

    code = "recovery_code_wrong"
    message = N_("This recovery code does not open this file. Look for the code written down most recently.")


class ResetCodeWrongError(UserFacingError):
    """Typed without a slip, but of another desk or renewed since."""

    code = "reset_code_wrong"
    message = N_("This reset code does not open this desk. Ask the secretariat for the current one.")


class CodeMistypedError(UserFacingError):
    """The check symbol of one group does not fit."""

    code = "code_mistyped"
    message = N_("Group {group} is mistyped. Compare it with the paper, letter by letter.")


class CodeChecksumError(UserFacingError):
    """Every group fits by itself, the whole does not: two slips that hide each other."""

    code = "code_checksum"
    message = N_("The code is mistyped somewhere. Compare every group with the paper, letter by letter.")


class CodeLengthError(UserFacingError):
    """Something is missing, or it is another kind of code."""

    code = "code_length"
    message = N_("This code has {groups} groups of {size} letters and digits; {typed} characters were typed.")


class CodeSymbolError(UserFacingError):
    """A character that never occurs in a code."""

    code = "code_symbol"
    message = N_("A code never contains “{symbol}”. Compare it with the paper, letter by letter.")


class DeviceSecretMissingError(UserFacingError):
    """The desk is bound to a computer whose keyring does not hand out its secret."""

    code = "device_secret_missing"
    message = N_(
        "This desk is bound to one computer, and the keyring of this computer ({backend}) does not hold its secret. "
        "Open it with the recovery code, or ask the secretariat for a reset code."
    )


class DeviceSecretChangedError(UserFacingError):
    """The keyring holds a secret, but not the one the desk was bound with."""

    code = "device_secret_changed"
    message = N_(
        "The keyring of this computer ({backend}) holds a different secret from the one this desk was bound with. "
        "Open it with the recovery code, or ask the secretariat for a reset code."
    )


class RecordNotBindableError(UserFacingError):
    """Records are opened by passphrase only: several people and machines share them."""

    code = "record_not_bindable"
    message = N_("A record cannot be bound to one computer. Use passphrases only.")


class SecretDamagedError(UserFacingError):
    """A value stored under a key of the vault fails its authentication."""

    code = "stored_value_damaged"
    message = N_("A stored value is damaged or was moved. Check the file, and restore the last backup if needed.")
