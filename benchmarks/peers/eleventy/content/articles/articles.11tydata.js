export default {
  layout: "article.njk",
  permalink: ({ section, page }) => `/${section}/${page.date.getUTCFullYear()}/${page.fileSlug}/`,
};
