// Zooming and moving in a picture; without this it stands there whole.
import { pointer, select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform } from "d3-zoom";

const MOST = 6;
const STEP = 1.5; // of a button
const TURN = 0.5; // the most that one turn of the wheel may do, as a power of two
const MOVE = 60; // of an arrow key
const MARGIN = 8; // around what has the focus, for its outline
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const enlarged = (svg) => zoomTransform(svg).k > 1.001; // zooming in and out again may leave 1.0000000000000002
const withKey = (event) => event.ctrlKey || event.metaKey;

/** Say whether an event is for the picture: a wheel without a key, and a single finger, scroll the page. */
function meant(event) {
  if (event.type === "wheel") return withKey(event);
  if (event.touches) return event.touches.length > 1 && event.cancelable;
  return event.button === 0 && !event.ctrlKey && enlarged(this);
}

/** Zoom by the length of a turn, but not too far: a wheel turns much at once, a touchpad little and often. */
function turn(event) {
  const pixels = event.deltaY * (event.deltaMode ? 20 : 1);
  return Math.max(-TURN, Math.min(TURN, -pixels * 0.02));
}

/** Find the middle of what is to be seen of a picture: on a narrow screen, part of its frame is out of sight. */
function middle(svg) {
  const frame = svg.getBoundingClientRect();
  const room = svg.parentElement.getBoundingClientRect();
  const clientX = (Math.max(frame.left, room.left) + Math.min(frame.right, room.right)) / 2;
  const clientY = (Math.max(frame.top, 0) + Math.min(frame.bottom, innerHeight)) / 2;
  return pointer({ clientX, clientY }, svg);
}

/** Say how far a stretch must move to lie between two ends; if too long, its start (`at` 0) or its middle (`at` ½). */
function way(start, size, low, high, at) {
  const shown = Math.min(size, high - low);
  const from = start + (size - shown) * at;
  return from < low ? low - from : Math.min(0, high - from - shown);
}

function zoomable(svg, tools) {
  const sheet = svg.querySelector(".sheet");
  const [closer, further, whole] = tools.querySelectorAll("button");
  const { width, height } = svg.viewBox.baseVal;
  const picture = select(svg);
  const zooming = zoom()
    .scaleExtent([1, MOST])
    .translateExtent([[0, 0], [width, height]])
    .clickDistance(4)
    .filter(meant)
    .wheelDelta(turn)
    .on("zoom", draw);

  function draw({ transform }) {
    sheet.setAttribute("transform", transform);
    svg.classList.toggle("enlarged", enlarged(svg));
    // Not `disabled`, which would take the focus away from the button that was pressed
    closer.ariaDisabled = String(transform.k > MOST - 0.001);
    further.ariaDisabled = whole.ariaDisabled = String(!enlarged(svg));
  }

  /** Bring what has the focus into the frame, and the frame to where it can be seen. */
  function show(link) {
    if (!enlarged(svg)) return;
    const { k } = zoomTransform(svg);
    const [left, top] = zoomTransform(svg).invert([0, 0]);
    const box = link.getBBox();
    const at = link.matches(".stroke") ? 0.5 : 0;
    picture.call(
      zooming.translateBy,
      way(box.x - MARGIN, box.width + 2 * MARGIN, left, left + width / k, at),
      way(box.y - MARGIN, box.height + 2 * MARGIN, top, top + height / k, at),
    );
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Move with the arrow keys, which go on scrolling the page where there is nothing to move. */
  function steer(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.altKey || event.shiftKey || withKey(event)) return;
    const before = zoomTransform(svg);
    picture.call(zooming.translateBy, ...arrow.map((part) => (part * MOVE) / before.k));
    const after = zoomTransform(svg);
    if (before.x !== after.x || before.y !== after.y) event.preventDefault();
  }

  // Where the picture can zoom no further, the browser must not zoom the page instead
  svg.addEventListener("wheel", (event) => withKey(event) && event.preventDefault(), { passive: false });
  // Not on the <svg>, which would become a stop of the Tab key
  svg.parentElement.addEventListener("focusin", ({ target }) => target.matches("a:focus-visible") && show(target));
  for (const part of [svg.parentElement, tools]) part.addEventListener("keydown", steer);
  closer.addEventListener("click", () => picture.call(zooming.scaleBy, STEP, middle(svg)));
  further.addEventListener("click", () => picture.call(zooming.scaleBy, 1 / STEP, middle(svg)));
  whole.addEventListener("click", () => picture.call(zooming.transform, zoomIdentity));
  picture.call(zooming).on("dblclick.zoom", null).call(zooming.transform, zoomIdentity);
  tools.hidden = false;
}

for (const tools of document.querySelectorAll(".zooms")) zoomable(tools.nextElementSibling.querySelector("svg"), tools);
