"""The collector: how seldom Python looks for cyclic garbage in a build."""

import gc


def spare_collector(*, is_new: bool = False) -> None:
    """Let Python look for cyclic garbage seldom: frozen values have no cycles, and are many.

    Left as it is, the collector goes through all of them again and again: half of the
    time that a large build takes. In a process that `is_new` nothing is collected first:
    going through everything that was inherited would copy it.
    """
    if not is_new:
        gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
