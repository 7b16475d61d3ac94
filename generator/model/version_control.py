"""Version control's own folders: in a site's folders they are nobody's content.

In a worktree, or a submodule, `.git` is a file.
"""

VERSION_CONTROL = frozenset({".git", ".svn", ".hg", ".bzr", ".jj"})
