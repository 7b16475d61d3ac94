// Has the site built again once the instant is past at which it changes by itself: an embargo
// ends, a story expires. The last build wrote down when that is.
import built from "../built.json" with { type: "json" };

export default async () => {
  if (built.next_change && Date.now() >= Date.parse(built.next_change)) {
    await fetch(process.env.REBUILD_HOOK, { method: "POST" });
  }
};

export const config = { schedule: "*/5 * * * *" };
