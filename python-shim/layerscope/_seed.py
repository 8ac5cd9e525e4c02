"""Where chance begins."""

import secrets

from layerscope._option_checks import Numbers

_SEEDS = Numbers(integer=True, least=0, most=2**32 - 1)


def seed_of(random_state: object) -> int:
    """Return the seed that is meant; None draws one, which is shown.

    Raises
    ------
    InputError
        On what is no whole number from 0 to 2^32 - 1.
    """
    if random_state is None:
        return secrets.randbelow(2**31)
    _SEEDS.check("random_state", random_state)
    return int(random_state)  # type: ignore[call-overload, no-any-return]
