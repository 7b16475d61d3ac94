"""From a body's Markdown to its HTML; `generator.render.markdown` is the face of it."""
