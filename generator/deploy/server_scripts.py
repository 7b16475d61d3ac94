"""What is run on a server: small scripts for any POSIX shell. The folder is `$1` in each."""

CLAIMED = "claimed by: "
MOVED = "another release is live"

LOOK = """\
cd "$1" 2>/dev/null || exit 0
if [ -f .broadsheet/live.json ]; then
  echo 0
  readlink current || echo
  cat .broadsheet/live.json
else
  ours='\\.broadsheet'
  if [ -d .broadsheet ]; then ours="$ours|releases|current|current\\.new"; fi
  ls -A | grep -vcE "^($ours)$" || true
fi
"""
"""Says how many names of others there are, what readers are shown, and what should be live."""

READ = """\
cd "$1"
shift
for record; do
  cat "$record"
  echo
done
"""
"""Says what records hold, each on a line."""

CLAIM = f"""\
if ! told=$(ln -s "$2" .broadsheet/claim 2>&1); then
  if held=$(readlink .broadsheet/claim); then told="{CLAIMED}$held"; fi
  echo "$told" >&2
  exit 1
fi
IFS= read -r seen
if [ "$(cat .broadsheet/live.json 2>/dev/null)" != "$seen" ]; then
  rm -f .broadsheet/claim
  echo "{MOVED}" >&2
  exit 1
fi
"""
"""Claims the target with `$2`, if what is live is what the first line of standard input says."""

COPY = """\
if ! cp -al "releases/$base" "releases/$3" 2>/dev/null; then
  rm -rf "releases/$3"
  mkdir "releases/$3"
  rsync --archive --link-dest="$PWD/releases/$base/" "releases/$base/" "releases/$3/"
fi
"""
"""Makes a release of hard links to another, by `cp` where that knows how."""

BEGIN = f"""\
set -e
umask 022
mkdir -p "$1/.broadsheet" "$1/releases"
cd "$1"
{CLAIM}
base=$4
if [ -z "$base" ]; then mkdir "releases/$3"; exit 0; fi
{COPY}
"""
"""Claims the target, and begins the release `$3` as a copy of `$4`."""

CHANGE = """\
keep=' '
has_gone=''
while IFS= read -r line && [ "$line" != . ]; do
  path=${line#? }
  case $line in
  'D '*)
    rm -f "releases/$3/$path"
    has_gone=1 ;;
  'L '*)
    mkdir -p "releases/$3/${path%/*}"
    ln -f "releases/$4/$path" "releases/$3/$path" ;;
  'K '*) keep="$keep$path " ;;
  esac
done
if [ -n "$has_gone" ]; then
  find "releases/$3" -depth -type d -empty -exec rmdir {} \\;
  mkdir -p "releases/$3"
fi
"""
"""Carries out deletions (D) and links to the live release (L); notes what is kept (K)."""

SWAP = """\
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
"""Makes `$3` what readers see, at once; deletes all releases but what is kept."""

END = f"""\
set -e
cd "$1"
if [ "$(readlink .broadsheet/claim)" != "$2" ]; then
  echo "another deploy has taken over" >&2
  exit 1
fi
{CHANGE}
{SWAP}
"""
"""Ends what BEGIN began as `$3`; `$4` is live so far, the changes are on standard input."""

BACK = f"""\
set -e
umask 022
cd "$1"
{CLAIM}
IFS= read -r next
base=$5
{COPY}
{CHANGE}
cat > ".broadsheet/release-$3.json"
[ "$(wc -c < ".broadsheet/release-$3.json")" -eq "$6" ]
printf %s "$next" > ".broadsheet/next-$3.json"
{SWAP}
"""
"""All of a rollback: a claim, a copy of `$5` as `$3`, what changes in it, and the swap.

Standard input holds what is live, the new pointer, the changes, and the record, of `$6` bytes.
"""

GIVE_UP = """\
cd "$1" || exit 0
if grep -qsF "/release-$3.json" .broadsheet/live.json; then
  echo live
elif [ "$(readlink .broadsheet/claim)" = "$2" ]; then
  rm -f ".broadsheet/release-$3.json" ".broadsheet/next-$3.json"
  if [ "$(readlink current)" != "releases/$3" ]; then rm -rf "releases/$3"; fi
fi
if [ "$(readlink .broadsheet/claim)" = "$2" ]; then rm -f .broadsheet/claim; fi
"""
"""Ends a claim, and what was begun under it; says so where that is live already."""
