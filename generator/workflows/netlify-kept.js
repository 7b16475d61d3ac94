// Keeps what Broadsheet remembers from one build to the next.
const KEPT = [".broadsheet", "public"];

module.exports = {
  onPreBuild: ({ utils }) => utils.cache.restore(KEPT),
  onSuccess: ({ utils }) => utils.cache.save(KEPT),
};
