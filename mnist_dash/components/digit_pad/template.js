// The pad's markup. Icons are drawn here, so that none is fetched.

const icon = (paths) =>
  `<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">${paths}</svg>`;

const PEN = icon('<path d="M4 20l1-4.5L16.5 4a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L8.5 19z"/>');
const ERASER = icon('<path d="M8.5 20H20M4.6 14.4l9-9a2 2 0 0 1 2.8 0l3.2 3.2a2 2 0 0 1 0 2.8L11 20H8.5l-3.9-3.9a1.2 1.2 0 0 1 0-1.7zM9.5 9.5l6 6"/>');
const PIXELS = icon('<path d="M4 4h16v16H4zM4 9.33h16M4 14.66h16M9.33 4v16M14.66 4v16"/>');
const UNDO = icon('<path d="M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3"/>');
const REDO = icon('<path d="M16 5l4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h3"/>');
const CLEAR = icon('<path d="M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5"/>');

export const template = `
<div class="surface" data-part="surface" tabindex="0" role="application" aria-describedby="how"
     aria-label="Drawing pad, a grid of 28 by 28 cells">
  <canvas data-part="canvas"></canvas>
  <div class="lines"></div>
  <div class="hint" data-part="hint" hidden><span>Draw over it</span></div>
  <div class="cursor" data-part="cursor" hidden></div>
  <div class="ring" data-part="ring" hidden></div>
</div>
<div class="unseen" id="how">Arrow keys move a cursor over the grid, space paints or erases a cell, shift
  with an arrow key paints along the way, control and Z undoes, control and Y does again,
  delete clears the pad.</div>
<div class="unseen" data-part="spoken" role="status"></div>
<div class="tools" role="toolbar" aria-label="Drawing tools">
  <span class="group">
    <button type="button" data-tool="pen" title="Pen">${PEN}<span>Pen</span></button>
    <button type="button" data-tool="eraser" title="Eraser">${ERASER}<span>Eraser</span></button>
    <button type="button" data-tool="pixels" title="Paint single cells">${PIXELS}<span>Pixels</span></button>
  </span>
  <label class="size" title="Brush size"><i class="thin"></i>
    <input data-part="size" type="range" min="1" max="6" step="0.2" value="2.4" aria-label="Brush size, in cells">
    <i class="thick"></i></label>
  <span class="group">
    <button type="button" data-part="undo" title="Undo (Ctrl+Z)" aria-label="Undo">${UNDO}</button>
    <button type="button" data-part="redo" title="Redo (Ctrl+Y)" aria-label="Redo">${REDO}</button>
    <button type="button" data-part="clear" title="Clear the pad (Delete)" aria-label="Clear">${CLEAR}</button>
  </span>
</div>
`;
