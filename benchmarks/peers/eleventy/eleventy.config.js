// The same pages at the same addresses as benchmarks/site makes, by Eleventy.
const PAGE_SIZE = 20;
const FEED_ITEMS = 20;
const SECTIONS = ["world", "politics", "war", "economy", "culture", "sport", "opinion", "tech"];
const LONG_DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

const slug = (name) => name.toLowerCase().replaceAll(" ", "-");
const newestFirst = (api) => api.getFilteredByGlob("content/articles/**/*.md").reverse();

// Stories by a key that each has one or more of, in the order in which they come.
function grouped(stories, keysOf) {
  const groups = new Map();
  for (const story of stories) {
    for (const key of keysOf(story)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(story);
    }
  }
  return groups;
}

function listings(api) {
  const stories = newestFirst(api);
  const sections = [...grouped(stories, (story) => [story.data.section])];
  const tags = [...grouped(stories, (story) => story.data.tags)];
  return [
    { title: "Bench News", url: "/", stories },
    ...sections.map(([name, own]) => ({ title: name, url: `/${name}/`, stories: own })),
    ...tags.map(([name, own]) => ({ title: name, url: `/tags/${slug(name)}/`, stories: own, tag: true })),
  ];
}

function pages(api) {
  const address = (url, number) => (number === 1 ? url : `${url}page/${number}/`);
  return listings(api).flatMap(({ title, url, stories }) => {
    const last = Math.max(1, Math.ceil(stories.length / PAGE_SIZE));
    return Array.from({ length: last }, (_, index) => ({
      title,
      number: index + 1,
      url: address(url, index + 1),
      newer: index > 0 ? address(url, index) : "",
      older: index + 1 < last ? address(url, index + 2) : "",
      stories: stories.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
    }));
  });
}

function feeds(api) {
  return listings(api).map((listing) => ({ ...listing, stories: listing.stories.slice(0, FEED_ITEMS) }));
}

function tagIndex(api) {
  const found = listings(api).filter((listing) => listing.tag);
  return found.sort((a, b) => (a.title < b.title ? -1 : 1));
}

export default function (eleventy) {
  eleventy.addPassthroughCopy("css");
  eleventy.addGlobalData("site", { title: "Bench News", origin: "https://news.example.org", sections: SECTIONS });
  eleventy.addCollection("pages", pages);
  eleventy.addCollection("feeds", feeds);
  eleventy.addCollection("tagIndex", tagIndex);
  eleventy.addFilter("iso", (date) => date.toISOString());
  eleventy.addFilter("day", (date) => LONG_DATE.format(date));
  eleventy.addFilter("minute", (date) => `${LONG_DATE.format(date)}, ${date.toISOString().slice(11, 16)}`);
  eleventy.addFilter("rfc822", (date) => date.toUTCString());
  eleventy.addFilter("tagUrl", (name) => `/tags/${slug(name)}/`);
  return {
    dir: { input: "content", includes: "../_includes" },
    markdownTemplateEngine: false, // a story holds no template code
  };
}
