// The preview's bar and panel; sent by `broadsheet serve` only, never published.
(() => {
  "use strict";
  const tag = document.currentScript;
  if (!tag || window.top !== window) return;
  let shown = JSON.parse(tag.dataset.broadsheet), now = shown, stream = null;
  let closedFor = "", hadErrors = false, listIsOpen = false;
  tag.remove();
  const keep = "broadsheet-scroll", hide = "broadsheet-bar";

  const store = {
    get: (key) => { try { return sessionStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* private window */ } },
    drop: (key) => { try { sessionStorage.removeItem(key); } catch { /* private window */ } },
  };

  // Loading again, with the page where it was.
  const go = (url) => {
    store.set(keep, JSON.stringify([scrollX, scrollY, Date.now()]));
    if (stream) stream.close();
    if (url) location.replace(url + location.hash); else location.reload();
  };
  const put = JSON.parse(store.get(keep) || "null");
  store.drop(keep);
  if (put && Date.now() - put[2] < 10000) {
    const back = () => scrollTo({ left: put[0], top: put[1], behavior: "instant" });
    back();
    addEventListener("load", () => { if (Math.abs(scrollY - put[1]) > 1) back(); }, { once: true });
  }

  // A page without programs of its own is changed where it stands: nothing flickers or moves.
  const hasCode = (of) => [...of.scripts].some((one) => one !== tag && !one.dataset.broadsheet
    && (!one.type || /javascript|module/i.test(one.type)));
  const alike = (old, next) => old && next && (old.isEqualNode(next) || folded(old).isEqualNode(next));
  // What the reader has unfolded is no difference.
  const folded = (node) => {
    if (node.nodeType !== 1 || !(node.matches("[open]") || node.querySelector("[open]"))) return node;
    const copy = node.cloneNode(true);
    for (const one of [copy, ...copy.querySelectorAll("[open]")]) one.removeAttribute("open");
    return copy;
  };
  const morph = (old, next) => {
    if (alike(old, next)) return;
    if (old.nodeType !== 1 || old.nodeName !== next.nodeName) { old.replaceWith(document.importNode(next, true)); return; }
    for (const { name } of [...old.attributes]) if (name !== "open" && !next.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    const olds = [...old.childNodes], news = [...next.childNodes];
    while (alike(olds[0], news[0])) { olds.shift(); news.shift(); }
    while (alike(olds.at(-1), news.at(-1))) { olds.pop(); news.pop(); }
    const end = olds.length ? olds.at(-1).nextSibling : null, shared = Math.min(olds.length, news.length);
    const after = shared ? null : (news.length ? afterRun(old, next, news) : null);
    for (let at = 0; at < shared; at++) morph(olds[at], news[at]);
    olds.slice(shared).forEach((one) => one.remove());
    news.slice(shared).forEach((one) => old.insertBefore(document.importNode(one, true), shared ? end : after));
  };
  // Where nodes belong that are new between two runs of unchanged ones.
  const afterRun = (old, next, news) => old.childNodes[[...next.childNodes].indexOf(news[0])] || null;
  const renewHead = (next) => {
    const olds = [...document.head.children], news = [...next.head.children];
    news.filter((one) => !olds.some((old) => alike(old, one))).forEach((one) => document.head.append(document.importNode(one, true)));
    olds.filter((old) => !leaving.has(old) && !news.some((one) => alike(old, one))).forEach((old) => old.remove());
  };
  let isRenewing = false, waiting = null;
  const renew = async () => {
    isRenewing = true;
    try {
      const answer = await fetch(location.pathname, { cache: "no-store" });
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      const told = next.querySelector("script[data-broadsheet]");
      if (!told || hasCode(document) || hasCode(next)) { go(); return; }
      shown = now = JSON.parse(told.dataset.broadsheet);
      told.remove();
      if (renewFiles(document, changedFiles(now)).some(isUsed)) { go(); return; }
      renewFiles(next, Object.keys(versions));
      renewHead(next);
      for (const name of ["lang", "dir", "class"]) {
        const value = next.documentElement.getAttribute(name);
        if (value === null) document.documentElement.removeAttribute(name);
        else document.documentElement.setAttribute(name, value);
      }
      unmark();
      morph(document.body, next.body);
      host.dataset.renewed = String(Number(host.dataset.renewed || 0) + 1);
      draw();
    } catch {
      // The server may have just ended: then the page stays, and is told anew when there is another.
      await new Promise((then) => setTimeout(then, 300));
      if (!lost) go();
      return;
    } finally { isRenewing = false; }
    if (waiting) { const text = waiting; waiting = null; take(text); }
  };

  // What a page uses is exchanged where it stands.
  const swap = (link, href) => {
    const next = link.cloneNode();
    next.href = href;
    next.onload = next.onerror = () => link.remove();
    leaving.add(link);
    link.after(next);
  };
  const leaving = new WeakSet();
  const sheets = (of) => [...of.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !leaving.has(link));
  const pathOf = (url) => { try { return new URL(url, location).pathname; } catch { return ""; } };
  const restyle = (olds, news) => olds.forEach((old, at) => {
    if (news[at] && news[at] !== old)
      sheets(document).filter((link) => pathOf(link.href) === pathOf(old)).forEach((link) => swap(link, news[at]));
  });

  // Files that are published as they are keep their addresses: one that changed is asked for by another.
  const known = { ...shown.copies }, versions = {};
  const changedFiles = (state) => {
    const changed = Object.keys(state.copies).filter((url) => state.copies[url] !== known[url]);
    for (const url of changed) known[url] = versions[url] = state.copies[url];
    return changed;
  };
  const sources = (image) => (image.parentNode?.nodeName === "PICTURE" ? [...image.parentNode.querySelectorAll("source")] : []);
  const paths = (image) => [image, ...sources(image)].flatMap((one) => [one.getAttribute("src") || "",
    ...(one.getAttribute("srcset") || "").split(/[\s,]+/)]).filter(Boolean).map(pathOf);
  // Exchanges the files in a document; those that it shows neither as style sheets nor as pictures are given back.
  const renewFiles = (of, urls) => urls.filter((url) => {
    const href = url + "?preview=" + versions[url];
    const links = sheets(of).filter((link) => pathOf(link.href) === url);
    const images = [...of.images].filter((image) => paths(image).includes(url));
    links.forEach((link) => (of === document ? swap(link, href) : link.setAttribute("href", href)));
    images.forEach((image) => {
      sources(image).forEach((one) => one.remove());
      image.removeAttribute("srcset");
      image.setAttribute("src", href);
    });
    return !links.length && !images.length;
  });
  const isUsed = (url) => performance.getEntriesByType("resource").some((one) => pathOf(one.name) === url);

  const take = (text) => {
    if (isRenewing) { waiting = text; return; }
    const next = JSON.parse(text);
    now = next;
    if (next.moved) { go(next.moved); return; }
    if (!next.gone && next.digest && next.digest !== shown.digest) { renew(); return; }
    if (!next.gone && String(next.styles) !== String(shown.styles)) {
      if (next.styles.length !== shown.styles.length) { go(); return; }
      restyle(shown.styles, next.styles);
      shown.styles = next.styles;
    }
    if (renewFiles(document, changedFiles(next)).some(isUsed)) { go(); return; }
    draw();
  };

  // Words beside each link to a story that readers do not see yet, or any more: no colour tells it alone.
  const MARK = "broadsheet-mark";
  const unmark = () => document.querySelectorAll(MARK).forEach((one) => one.remove());
  const markLinks = () => {
    unmark();
    const held = new Map(Object.entries(now.held || {}).map(([url, why]) => [pathOf(url), why]));
    if (!held.size) return;
    for (const link of document.body.querySelectorAll("a[href]")) {
      const why = link.origin === location.origin && held.get(link.pathname);
      if (why && link.textContent.trim()) link.after(element(MARK, "", why));
    }
  };

  const decoded = (path) => { try { return decodeURIComponent(path); } catch { return path; } };

  // One stream for all windows of a browser: it keeps few connections to one server open. Who has the lock has the
  // stream, and tells the others when there is news; each then asks how things stand with its own page. Browsers know
  // no locks where the address is another machine's and not encrypted: there each window has a stream of its own.
  const NAME = "broadsheet-preview", LOST = "lost";
  const events = () => "/_broadsheet/events?page=" + encodeURIComponent(decoded(location.pathname));
  const channel = navigator.locks && window.BroadcastChannel ? new BroadcastChannel(NAME) : null;
  const tellOthers = (news) => { if (channel) channel.postMessage(news); };
  let isWaiting = null, release = null;
  const listen = () => {
    stream = new EventSource(events());
    stream.onopen = () => { lost = false; draw(); };
    stream.onmessage = (event) => { lost = false; tellOthers("news"); take(event.data); };
    stream.onerror = () => {
      lost = true;
      tellOthers(LOST);
      draw();
      if (stream && stream.readyState === EventSource.CLOSED) { stream = null; setTimeout(() => { disconnect(); connect(); }, 1000); }
    };
  };
  const ask = async () => {
    try {
      const answer = await fetch(events() + "&once", { cache: "no-store" });
      if (answer.ok) { lost = false; take(await answer.text()); }
    } catch { /* whoever has the stream tells that the server is gone */ }
  };
  const connect = () => {
    if (stream || isWaiting || document.hidden) return;
    if (!channel) { listen(); return; }
    isWaiting = new AbortController();
    const held = () => new Promise((done) => { release = done; listen(); });
    navigator.locks.request(NAME, { signal: isWaiting.signal }, held).catch(() => {});
    ask();
  };
  const disconnect = () => {
    if (stream) stream.close();
    if (isWaiting) isWaiting.abort();
    if (release) release();
    stream = isWaiting = release = null;
  };
  if (channel) channel.onmessage = (event) => {
    if (stream || document.hidden) return;
    if (event.data === LOST) { lost = true; draw(); } else ask();
  };
  let lost = false;

  // The bar and the panel, in a tree of their own: the page's styles do not reach them.
  const host = document.createElement("broadsheet-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const room = new CSSStyleSheet(), marking = new CSSStyleSheet();
  marking.replaceSync(`${MARK}{display:inline-block;margin-inline-start:.5em;padding:0 .5em;border:1px dashed;border-radius:1em;`
    + `font:600 .75rem/1.5 system-ui,sans-serif;vertical-align:middle}@media print{${MARK}{display:none}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, room, marking];

  const element = (name, of, ...inside) => {
    const made = document.createElement(name);
    if (of) made.className = of;
    made.append(...inside.filter((part) => part !== null && part !== ""));
    return made;
  };
  const button = (of, text, act, label) => {
    const made = element("button", of, text);
    made.type = "button";
    made.onclick = act;
    if (label) { made.setAttribute("aria-label", label); made.title = label; }
    return made;
  };
  const count = (number, noun) => number + " " + noun + (number === 1 ? "" : "s");

  // A problem's first line holds place, severity and message; then the excerpt, carets and hint.
  const problem = (one) => {
    const [first, ...rest] = one.text.split("\n");
    const head = first.slice(0, one.place.length) === one.place ? first.slice(one.place.length + 2) : first;
    const message = head.slice(0, one.severity.length) === one.severity ? head.slice(one.severity.length + 2) : head;
    const item = element("li", one.severity, element("p", "what", element("b", "", one.severity), " ", message));
    if (one.place) item.prepend(element("code", "place", one.place));
    const lines = [], hints = [];
    for (const line of rest) {
      const carets = line.match(/^(\s*\|\s*)(\^+)(.*)$/);
      if (carets) { lines.push(carets[1], element("i", "", carets[2])); hints.push(carets[3].trim()); }
      else if (/^\s*\d+ \|/.test(line)) lines.push(line + "\n");
      else hints.push(line.replace(/^\s*\|?\s*/, ""));
    }
    if (lines.length) item.append(element("pre", "", ...lines));
    const hint = hints.filter(Boolean).join(" ");
    if (hint) item.append(element("p", "hint", hint));
    return item;
  };

  const panel = () => {
    const total = now.errors + now.warnings, more = total - now.problems.length;
    const counts = [now.errors && count(now.errors, "error"), now.warnings && count(now.warnings, "warning")];
    const note = now.lastGood ? "You see this page as it was when it last could be made. "
      : now.errors ? "A build would publish nothing. " : "A build would publish the site all the same. ";
    const list = element("ol", "", ...now.problems.map(problem));
    list.tabIndex = 0;
    const box = element("section", "panel " + (now.errors ? "error" : "warning"),
      element("header", "",
        element("div", "", element("h2", "", counts.filter(Boolean).join(" and ")),
          element("p", "", note, now.errors ? "This goes by itself when it is mended." : "")),
        button("close", "×", () => { listIsOpen = false; closedFor = key(); draw(); },
          "Close (Esc)")),
      list, more > 0 ? element("p", "more", "and " + count(more, "more") + ": broadsheet build lists them all") : "");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", "Problems");
    return box;
  };
  const WAITING = "Waiting for the preview server …";
  const goneNow = () => `This page is no more: ${now.gone}.`;
  const key = () => now.problems.map((one) => one.text).join();

  let bar = element("div");
  // What is heard of the bar: it is drawn anew each time, and only what lasts is listened to.
  const dock = element("div", "dock"), heard = element("p", "heard");
  heard.setAttribute("role", "status");
  root.append(heard, dock);
  const tell = (text) => { if (heard.textContent !== text) heard.textContent = text; };
  const keepFocus = (old, next) => {
    const same = root.querySelector(old.className ? `button.${old.classList[0]}` : old.tagName);
    (same || next.querySelector("button.problems") || next.querySelector("button.fold")).focus({ preventScroll: true });
  };
  const draw = () => {
    markLinks();
    const isHidden = store.get(hide) === "hidden";
    const last = now.changed.length ? now.changed.join(", ") + (now.more ? " and " + now.more + " more" : "") : "";
    const state = lost ? "waiting for the server" : now.gone ? "deleted" : now.errors ? "error" : now.marks.length ? "marked" : "fine";
    const parts = [
      element("span", "dot"),
      element("span", "marks", ...now.marks.map((mark) => element("strong", "mark", mark))),
      lost ? element("span", "say", WAITING) : "",
      !lost && now.gone ? element("span", "say", goneNow()) : "",
      !lost && now.fault ? element("span", "say", "Looking once a second: " + now.fault + ".") : "",
      now.source ? element("span", "source", element("bdi", "", now.source)) : "",
      last ? element("span", "last", element("time", "", now.time), " ", element("bdi", "", last === now.source ? "saved" : last)) : "",
    ];
    const problems = now.errors + now.warnings
      ? button("problems " + (now.errors ? "error" : "warning"),
        [now.errors && count(now.errors, "error"), now.warnings && count(now.warnings, "warning")].filter(Boolean).join(", "),
        () => { listIsOpen = !isOpen; closedFor = isOpen ? key() : ""; draw(); })
      : element("span", "none", "No problems");
    const isAll = now.view === "all";
    const views = now.view ? [button("view", isAll ? "As readers see it" : "Show drafts too",
      () => fetch("/_broadsheet/view?held=" + (isAll ? 0 : 1), { cache: "no-store" }).catch(() => {}),
      isAll ? "Show the site as readers see it" : "Show what readers do not see yet, too")] : [];
    const fold = button("fold", isHidden ? "▴" : "▾", () => { store.set(hide, isHidden ? "shown" : "hidden"); draw(); },
      isHidden ? "Show the preview bar" : "Hide the preview bar");
    if (now.errors && !hadErrors) listIsOpen = false;
    hadErrors = now.errors > 0;
    const isOpen = now.errors ? closedFor !== key() : listIsOpen && now.warnings > 0;
    if (problems.tagName === "BUTTON") problems.setAttribute("aria-expanded", String(isOpen));
    const next = element("aside", "bar " + state.split(" ")[0] + (isHidden ? " folded" : ""),
      ...(isHidden ? [element("span", "dot")] : [...parts, element("span", "gap"), ...views, problems]), fold);
    next.setAttribute("aria-label", "Preview");
    next.dataset.state = state;
    const list = root.querySelector("ol"), top = list ? list.scrollTop : 0;
    const focused = root.activeElement;
    dock.replaceChildren(...(isOpen ? [panel(), next] : [next]));
    if (list && root.querySelector("ol")) root.querySelector("ol").scrollTop = top;
    if (focused) keepFocus(focused, next);
    bar = next;
    tell([lost ? WAITING : now.gone ? goneNow() : "", ...now.marks, problems.textContent].filter(Boolean).join(". "));
    host.dataset.state = state;
    host.dataset.errors = String(now.errors);
    host.dataset.panel = isOpen ? "open" : "closed";
    makeRoom();
  };
  const makeRoom = () => {
    const height = bar.offsetHeight + 4 + "px", isFolded = bar.classList.contains("folded");
    room.replaceSync(isFolded ? "" : `@media screen{html{padding-bottom:${height};scroll-padding-bottom:${height}}}`);
  };
  addEventListener("resize", makeRoom);

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && host.dataset.panel === "open") { closedFor = key(); listIsOpen = false; draw(); }
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
  document.documentElement.append(host);
  draw();
  connect();
})();
