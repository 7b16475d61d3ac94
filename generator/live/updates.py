"""Updates: what a look at the disk has found, for whoever tells of it."""

from generator.model.values import frozen


@frozen
class Update:
    """What a refresh found: the site's files that `changed`, in order.

    `is_new`: there is a new snapshot, so pages or problems may differ. `again`: look once
    more in a moment, files are being saved. `folders`: the hints that were no plain files.
    `copies` are the URLs of files that changed and are published as they are, as far as they have
    been asked for. `links` are the site's symbolic links; None: as they were.
    """

    changed: tuple[str, ...] = ()
    is_new: bool = False
    again: bool = False
    folders: frozenset[str] = frozenset()
    copies: tuple[str, ...] = ()
    links: tuple[str, ...] | None = None

    def then(self, later: "Update") -> "Update":
        """This and a later one as one."""
        return Update(
            changed=tuple(sorted({*self.changed, *later.changed})),
            is_new=self.is_new or later.is_new,
            again=later.again,
            folders=self.folders | later.folders,
            copies=tuple(dict.fromkeys((*self.copies, *later.copies))),
            links=self.links if later.links is None else later.links,
        )
