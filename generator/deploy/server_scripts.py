"""What is run on a server: small scripts for any POSIX shell. The folder is `$1` in each."""

CLAIMED = "claimed by: "
MOVED = "another release is live"

LOOK = """\
if [ -f "$1/.broadsheet/live.json" ]; then echo 0; cat "$1/.broadsheet/live.json"
elif [ -d "$1" ]; then ls -A "$1" | grep -vcE '^(\\.broadsheet|releases)$' || true
fi
"""
"""Says how many names of others there are, then on the lines after that what is live."""

READ = 'cat "$1/$2"'

BEGIN = f"""\
set -e
umask 022
mkdir -p "$1/.broadsheet" "$1/releases"
cd "$1"
if ! ln -s "$2" .broadsheet/claim 2>/dev/null; then
  echo "{CLAIMED}$(readlink .broadsheet/claim)" >&2
  exit 1
fi
cat > ".broadsheet/seen-$3"
if ! {{ cat .broadsheet/live.json 2>/dev/null || :; }} | cmp -s - ".broadsheet/seen-$3"; then
  rm -f .broadsheet/claim ".broadsheet/seen-$3"
  echo "{MOVED}" >&2
  exit 1
fi
rm -f ".broadsheet/seen-$3"
if [ -n "$4" ] && cp -al "releases/$4" "releases/$3" 2>/dev/null; then exit 0; fi
rm -rf "releases/$3"
mkdir "releases/$3"
if [ -n "$4" ]; then
  rsync --archive --link-dest="$PWD/releases/$4/" "releases/$4/" "releases/$3/"
fi
"""
"""Claims the target with `$2`, if what is live is what standard input says; copies `$4` to `$3`."""

END = """\
set -e
cd "$1"
if [ "$(readlink .broadsheet/claim)" != "$2" ]; then
  echo "another deploy has taken over" >&2
  exit 1
fi
keep=' '
while IFS= read -r line; do
  path=${line#? }
  case $line in
  'D '*) rm -f "releases/$3/$path" ;;
  'L '*)
    mkdir -p "$(dirname "releases/$3/$path")"
    ln -f "releases/$4/$path" "releases/$3/$path" ;;
  'K '*) keep="$keep$path " ;;
  esac
done
find "releases/$3" -depth -type d -empty -exec rmdir {} \\;
mkdir -p "releases/$3"
rm -f current.new
ln -s "releases/$3" current.new
mv -fT current.new current 2>/dev/null || mv -fh current.new current
mv -f ".broadsheet/next-$3.json" .broadsheet/live.json
rm -f .broadsheet/claim .broadsheet/next-*.json
for folder in releases/*; do
  name=${folder#releases/}
  case $keep in
  *" $name "*) ;;
  *) rm -rf "$folder" ".broadsheet/release-$name.json" ;;
  esac
done
"""
"""Carries out deletions (D) and links (L), swaps the link, and deletes all but what is kept (K)."""

GIVE_UP = """\
cd "$1" || exit 0
[ "$(readlink .broadsheet/claim)" = "$2" ] || exit 0
if [ "$(readlink current)" != "releases/$3" ]; then
  rm -rf "releases/$3" ".broadsheet/release-$3.json" ".broadsheet/next-$3.json"
fi
rm -f .broadsheet/claim
"""
"""Ends a claim, and what was begun under it."""
