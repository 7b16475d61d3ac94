"""What is run on a server: small scripts for any POSIX shell. The folder is `$1` in each."""

CLAIMED = "claimed by: "
MOVED = "another release is live"

LOOK = """\
cd "$1" 2>/dev/null || exit 0
if [ -f .broadsheet/live.json ]; then
  echo 0
  readlink current || echo
  ls releases 2>/dev/null | tr '\\n' ' '
  echo
  cat .broadsheet/live.json
else
  ours='\\.broadsheet'
  if [ -d .broadsheet ]; then ours="$ours|releases|current|current\\.new"; fi
  ls -A | grep -vcE "^($ours)$" || true
fi
"""
"""Says how many names of others there are, what readers are shown, which releases there are, and
what should be live.
"""

READ = """\
cd "$1"
shift
for record; do
  cat "$record" 2>/dev/null || :
  echo
done
"""
"""Says what records hold, each on a line; an empty one for what is not there."""

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

CHANGE = """\
keep=' '
while IFS= read -r line && [ "$line" != . ]; do
  path=${line#? }
  case $line in
  'D '*)
    # A file may have become a folder.
    [ -d "releases/$release/$path" ] || rm -f "releases/$release/$path"
    case $path in
    */*) (cd "releases/$release" && rmdir -p "${path%/*}" 2>/dev/null) || : ;;
    esac ;;
  'L '*)
    case $path in
    */*) [ -d "releases/$release/${path%/*}" ] || mkdir -p "releases/$release/${path%/*}" ;;
    esac
    ln -f "releases/$live/$path" "releases/$release/$path" ;;
  'K '*) keep="$keep$path " ;;
  esac
done
"""
"""Carries out deletions (D) and links to the live release (L); notes what is kept (K)."""

COPY = """\
if ! cp -al "releases/$live" "releases/$release" 2>/dev/null; then
  rm -rf "releases/$release"
  mkdir "releases/$release"
  from=releases/$live/
  rsync --archive --link-dest="$PWD/$from" "$from" "releases/$release/" </dev/null
fi
"""
"""Makes a release of hard links to the live one, by `cp` where that knows how."""

BEGIN = f"""\
set -e
umask 022
release=$3 live=$4 spare=$5
mkdir -p "$1/.broadsheet" "$1/releases"
cd "$1"
{CLAIM}
if [ -z "$live" ]; then
  mkdir "releases/$release"
elif [ -n "$spare" ] && mv "releases/$spare" "releases/$release" 2>/dev/null; then
  {CHANGE}
else
  {COPY}
fi
"""
"""Claims the target, and begins the release `$3` as a copy of the live one, `$4`.

That is made of a spare one, `$5`, by the changes on standard input, or else of nothing.
"""

SWAP = """\
rm -f current.new
ln -s "releases/$release" current.new
mv -fT current.new current 2>/dev/null || mv -fh current.new current
mv -f ".broadsheet/next-$name.json" .broadsheet/live.json
rm -f .broadsheet/claim .broadsheet/next-*.json
doomed=''
for old in releases/* .broadsheet/release-*; do
  case $keep in
  *" $old "*) ;;
  *) doomed="$doomed $old" ;;
  esac
done
if [ -n "$doomed" ]; then (rm -rf $doomed &) </dev/null >/dev/null 2>&1; fi
"""
"""Makes `$release` what readers see, at once. All folders and records but what is kept are deleted
after that, which nobody waits for.
"""

END = f"""\
set -e
release=$3 name=$3 live=$4
cd "$1"
if [ "$(readlink .broadsheet/claim)" != "$2" ]; then
  echo "another deploy has taken over" >&2
  exit 1
fi
{CHANGE}
{SWAP}
"""
"""Ends what BEGIN began as `$3`, with the changes on standard input."""

BACK = f"""\
set -e
umask 022
name=$3 live=$4 release=$5
cd "$1"
[ -d "releases/$release" ]
{CLAIM}
IFS= read -r next
{CHANGE}
cat > ".broadsheet/release-$name.json"
[ "$(wc -c < ".broadsheet/release-$name.json")" -eq "$6" ]
printf %s "$next" > ".broadsheet/next-$name.json"
{SWAP}
"""
"""All of a rollback to the folder `$5`: a claim, what today's readers need of `$4`, the swap.

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
