// The editor of the ask page, in the place of a text field that works without it.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const KEYWORDS = ("SELECT DISTINCT REDUCED ASK CONSTRUCT DESCRIBE WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES " +
  "PREFIX BASE FROM NAMED LIMIT OFFSET HAVING EXISTS NOT IN AS COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT LANG STR " +
  "CONTAINS REGEX LCASE STRSTARTS STRENDS DATATYPE BOUND COALESCE IF YEAR isIRI isLiteral").split(" ");

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--interpreted)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--reported)" },
  { tag: [tags.number, tags.bool], color: "var(--premise)" },
  { tag: tags.variableName, color: "var(--asked)" },
  { tag: [tags.namespace, tags.propertyName, tags.url, tags.labelName], color: "var(--stated)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { border: "1px solid var(--soft)", borderRadius: ".25rem", background: "var(--paper)", color: "var(--ink)", fontSize: ".95rem" },
  "&.cm-focused": { outline: ".18rem solid var(--focus)", outlineOffset: ".15rem" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", maxHeight: "34rem" },
  ".cm-content": { minHeight: "12rem", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--panel)", color: "var(--soft)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "var(--hover)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--chosen)" },
  ".cm-tooltip": { background: "var(--panel)", color: "var(--ink)", border: "1px solid var(--soft)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { color: "inherit", fontStyle: "normal", marginLeft: "1em" },
  ".cm-completionInfo": { maxWidth: "22rem" },
  ".cm-diagnostic": { color: "var(--ink)" },
  "@media print": { ".cm-scroller": { maxHeight: "none" }, ".cm-content": { minHeight: "0" } },
});

/** Complete what the ontology names, found by their names and by their labels in both languages; it is fetched when it is first needed. */
function completion(address) {
  let terms;
  const keywords = KEYWORDS.map((label) => ({ label, type: "keyword" }));
  return async (context) => {
    const word = context.matchBefore(/[\w-]+:?[\w-]*/);
    if (!word && !context.explicit) return null;
    terms ??= fetch(address).then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
    const sought = (word?.text ?? "").toLowerCase();
    const known = (await terms).filter(({ label, detail, other }) =>
      [label, detail, other ?? ""].some((name) => name.toLowerCase().includes(sought)));
    const options = [...keywords, ...known.map((term) => ({ ...term, displayLabel: term.label }))];
    return { from: word?.from ?? context.pos, options: options.filter(({ label, detail }) =>
      label.toLowerCase().startsWith(sought) || detail), filter: false };
  };
}

function diagnostics(field, state) {
  const line = Number(field.dataset.line);
  if (!line || line > state.doc.lines) return [];
  const { from, to } = state.doc.line(line);
  const at = Math.min(from + Math.max(0, Number(field.dataset.column) - 1), to);
  const end = state.wordAt(at)?.to ?? Math.min(at + 1, to);
  return [{ from: Math.min(at, end), to: Math.max(at, end), severity: "error", message: field.dataset.message }];
}

function edit(field) {
  const host = document.createElement("div");
  host.className = "codemirror";
  field.before(host);
  // In a shadow root the styles of the editor are no <style> elements, which the page does not allow
  const root = host.attachShadow({ mode: "open" });
  const run = () => (field.form.requestSubmit(), true);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(), lintGutter(),
        sparql(), syntaxHighlighting(colours), look, EditorView.lineWrapping,
        autocompletion({ override: [completion(field.dataset.terms)], activateOnTyping: true }),
        // No key for Tab: it leaves the editor, as it leaves any field
        keymap.of([{ key: "Mod-Enter", run }, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ "aria-label": field.labels[0].textContent }),
        EditorView.updateListener.of((update) => { if (update.docChanged) field.value = update.state.doc.toString(); }),
      ],
    }),
  });
  view.dispatch(setDiagnostics(view.state, diagnostics(field, view.state)));
  field.hidden = true;
  field.labels[0].addEventListener("click", () => view.focus());
}

const field = document.getElementById("query");
if (field) edit(field);
for (const choice of document.querySelectorAll("select[data-run]")) {
  // Arrow keys only look around; a pointer, or Enter on the button, runs
  let pointed = false;
  choice.addEventListener("pointerdown", () => { pointed = true; });
  choice.addEventListener("keydown", () => { pointed = false; });
  choice.addEventListener("change", () => pointed && choice.value && choice.form.requestSubmit());
}
