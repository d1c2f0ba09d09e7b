// What makes the pages quicker to use; every one of them works without it.

const root = document.documentElement;
root.classList.add("js");

/** Open the folds in which a target of the address stands, which not every browser does by itself. */
function reveal() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: "nearest" });
}

/** The link to the other language leads to the same place, also where the address has changed since the page came. */
function keepPlace(event) {
  const link = event.target.closest?.(".languages a");
  if (!link) return;
  link.search = location.search;
  link.hash = location.hash;
}

/** A slash brings to the search field, unless one is writing. */
function searchKey(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
}

/** The reading page: choose claims by status and theme at once, and see what a passage carries. */
function reading(form) {
  const claims = [...document.querySelectorAll("#claims > li")].map((claim) => claim.dataset);
  const marks = [...document.querySelectorAll("mark[data-c]")];
  const facts = [...document.querySelectorAll(".claims > li[data-c]")];
  const numbers = (element) => element.dataset.c.split(" ").map(Number);
  const notes = [...document.querySelectorAll(".note[data-c]")];
  const folds = document.querySelectorAll("details.facts");
  const kept = form.querySelector(".kept");

  function choose() {
    const statuses = [...form.querySelectorAll("[name=status]:checked")].map((box) => box.value);
    const theme = form.elements.theme.value;
    const on = claims.map((claim) =>
      (!statuses.length || statuses.includes(claim.status)) && (!theme || claim.themes.split(" ").includes(theme)));
    for (const mark of marks) draw(mark, numbers(mark).find((number) => on[number]));
    for (const note of notes) count(note, numbers(note).filter((number) => on[number]));
    for (const fact of facts) fact.hidden = !on[Number(fact.dataset.c)];
    for (const fold of folds) summarize(fold);
    kept.textContent = kept.dataset.text.replace("{}", on.filter(Boolean).length).replace("{}", on.length);
    const chosen = new URLSearchParams(statuses.map((status) => ["status", status]));
    if (theme) chosen.set("theme", theme);
    history.replaceState(null, "", `${location.pathname}${chosen.size ? `?${chosen}` : ""}${location.hash}`);
  }

  /** Draw a passage by the firmest claim that is left, as the server does; the claims of a passage stand in that order. */
  function draw(mark, firmest) {
    const status = claims[firmest ?? numbers(mark)[0]].status;
    mark.classList.remove(...[...mark.classList].filter((name) => name.startsWith("s-")));
    mark.classList.add(`s-${status}`);
    mark.classList.toggle("off", firmest === undefined);
  }

  function summarize(fold) {
    const left = new Set([...fold.querySelectorAll("li[data-c]:not([hidden])")].map((fact) => fact.dataset.c)).size;
    fold.hidden = !left;
    fold.querySelector("summary").textContent = `${left} ${left === 1 ? kept.dataset.one : kept.dataset.many}`;
    for (const part of fold.querySelectorAll("section")) part.hidden = !part.querySelector("li[data-c]:not([hidden])");
  }

  function count(note, left) {
    note.hidden = !left.length;
    for (const each of note.querySelectorAll(".n")) {
      const same = left.filter((number) => claims[number].status === each.dataset.s).length;
      each.hidden = !same;
      each.querySelector(".count").textContent = same;
    }
  }

  function mark(wanted) {
    for (const each of [...marks, ...facts]) each.classList.toggle("chosen", wanted(each));
  }

  form.addEventListener("change", choose);
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("mark[data-c]");
    if (!chosen || !getSelection().isCollapsed) return;
    const fold = chosen.closest(".block, .title")?.querySelector("details.facts");
    if (!fold) return;
    fold.open = true;
    mark((each) => numbers(each).some((number) => numbers(chosen).includes(number)) && fold.parentElement.contains(each));
    fold.querySelector("li.chosen:not([hidden])")?.scrollIntoView({ block: "nearest" });
  });
  for (const link of document.querySelectorAll(".claims .places a")) {
    link.addEventListener("click", () => {
      const number = Number(link.closest("li[data-c]").dataset.c);
      mark((each) => numbers(each).includes(number) && each.matches("mark"));
    });
  }
}

addEventListener("hashchange", reveal);
for (const kind of ["pointerdown", "focusin", "click"]) addEventListener(kind, keepPlace);
addEventListener("keydown", searchKey);
reveal();
const filter = document.getElementById("filter");
if (filter) reading(filter);
