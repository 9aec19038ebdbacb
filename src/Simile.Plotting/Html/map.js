'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const $ = id => document.getElementById(id);
const count = data.count;
const floats = text => new Float32Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
const place = floats(data.positions); // x, y of each point, in −1 … 1, y upward
const groups = data.groups, values = data.values, thumbnails = data.thumbnails;
const title = i => data.titles ? data.titles[i] : 'row ' + i;
const groupName = g => g < 0 ? 'no group' : data.groupNames[g];
let points = $('points');
const above = $('above'), stage = $('stage');
const pen = above.getContext('2d');
const dark = document.body.dataset.theme === 'dark';
const ink = dark ? '#eceef1' : '#1b1e23', paper = dark ? '#14161a' : '#ffffff', accent = dark ? '#56b4e9' : '#0072b2';

// Colors: three bytes a point and its alpha, which search and lasso change.
const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
const shades = data.shades.map(rgb);
const usual = count > 50000 ? 110 : count > 5000 ? 170 : 225;
const color = new Uint8Array(count * 4);
const hidden = new Set();
let found = null, chosen = null, current = -1, hover = -1;
for (let i = 0; i < count; i++) color.set(shades[data.shade ? data.shade[i] : 0], i * 4);

// The view: what point of the plane is in the middle, and pixels per unit.
const view = { x: 0, y: 0, scale: 1 };
let width = 1, height = 1, ratio = 1, scheduled = false;
const toX = i => width / 2 + (place[2 * i] - view.x) * view.scale;
const toY = i => height / 2 - (place[2 * i + 1] - view.y) * view.scale;
const whole = () => Object.assign(view, { x: 0, y: 0, scale: Math.min(width, height) * .47 });
const isShown = i => !(groups && hidden.has(groups[i]));
const isLit = i => !(chosen && !chosen.has(i)) && !(found && !found.has(i));
const radius = () => Math.max(1.3, Math.min(9, Math.sqrt(width * height * .05 / Math.PI / count))) * Math.min(2.5, Math.max(1, Math.pow(view.scale / (Math.min(width, height) * .47), .35)));

// Points are drawn by WebGL2, or on a canvas where there is none.
let gl = points.getContext('webgl2', { antialias: true, alpha: false });
let program, colors;
if (gl) {
  const shader = (kind, text) => { const s = gl.createShader(kind); gl.shaderSource(s, text); gl.compileShader(s); return s; };
  program = gl.createProgram();
  gl.attachShader(program, shader(gl.VERTEX_SHADER, `#version 300 es
    in vec2 at; in vec4 ink; uniform vec2 middle, unit; uniform float size; out vec4 tint;
    void main() { tint = ink; gl_Position = ink.a == 0. ? vec4(9., 9., 9., 1.) : vec4((at - middle) * unit, 0., 1.); gl_PointSize = size; }`));
  gl.attachShader(program, shader(gl.FRAGMENT_SHADER, `#version 300 es
    precision highp float; in vec4 tint; uniform float size; out vec4 color;
    void main() { float d = length(gl_PointCoord - .5) * size; color = vec4(tint.rgb, tint.a * clamp(size / 2. - d, 0., 1.)); }`));
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) { const next = points.cloneNode(); points.replaceWith(next); points = next; gl = null; }
}
if (gl) {
  gl.useProgram(program);
  const attribute = (name, array, size, kind, normal) => {
    const buffer = gl.createBuffer(), at = gl.getAttribLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, array, gl.DYNAMIC_DRAW);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, kind, normal, 0, 0);
    return buffer;
  };
  attribute('at', place, 2, gl.FLOAT, false);
  colors = attribute('ink', color, 4, gl.UNSIGNED_BYTE, true);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
}

const flat = gl ? null : points.getContext('2d');

function shade() {
  for (let i = 0; i < count; i++) color[4 * i + 3] = !isShown(i) ? 0 : isLit(i) ? (found || chosen ? 255 : usual) : 18;
  if (gl) { gl.bindBuffer(gl.ARRAY_BUFFER, colors); gl.bufferSubData(gl.ARRAY_BUFFER, 0, color); }
  draw();
}

function draw() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => { scheduled = false; drawPoints(); drawAbove(); });
}

function drawPoints() {
  const size = 2 * radius() + 1;
  if (gl) {
    const uniform = name => gl.getUniformLocation(program, name);
    gl.viewport(0, 0, points.width, points.height);
    gl.clearColor(...rgb(paper).map(v => v / 255), 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(uniform('middle'), view.x, view.y);
    gl.uniform2f(uniform('unit'), 2 * view.scale / width, 2 * view.scale / height);
    gl.uniform1f(uniform('size'), size * ratio);
    gl.drawArrays(gl.POINTS, 0, count);
    return;
  }
  flat.setTransform(ratio, 0, 0, ratio, 0, 0);
  flat.fillStyle = paper;
  flat.fillRect(0, 0, width, height);
  for (let i = 0; i < count; i++) {
    const x = toX(i), y = toY(i);
    if (color[4 * i + 3] && x > -size && y > -size && x < width + size && y < height + size) {
      flat.fillStyle = `rgb(${color[4 * i]} ${color[4 * i + 1]} ${color[4 * i + 2]} / ${color[4 * i + 3] / 255})`;
      flat.beginPath(); flat.arc(x, y, size / 2, 0, 7); flat.fill();
    }
  }
}

// Above the points: thumbnails where few points are in view, names of groups, the lasso, the point under the pointer.
const images = new Map();
function image(i) {
  if (!images.has(i)) { const picture = new Image(); picture.onload = draw; picture.src = thumbnails[i]; images.set(i, picture); }
  return images.get(i);
}

function drawThumbnails() {
  if (!thumbnails) return;
  const seen = [];
  for (let i = 0; i < count && seen.length <= 250; i++) {
    const x = toX(i), y = toY(i);
    if (isShown(i) && isLit(i) && thumbnails[i] && x > 0 && y > 0 && x < width && y < height) seen.push(i);
  }
  if (seen.length > 250) return;
  for (const i of seen) {
    const picture = image(i);
    if (picture.complete && picture.naturalWidth) {
      const scale = 44 / Math.max(picture.naturalWidth, picture.naturalHeight);
      pen.drawImage(picture, toX(i) - picture.naturalWidth * scale / 2, toY(i) - picture.naturalHeight * scale / 2, picture.naturalWidth * scale, picture.naturalHeight * scale);
    }
  }
}

const middles = [];
if (groups) {
  const members = new Map();
  groups.forEach((g, i) => { if (g >= 0) { if (!members.has(g)) members.set(g, []); members.get(g).push(i); } });
  for (const [g, all] of [...members].sort((a, b) => b[1].length - a[1].length || a[0] - b[0])) {
    const middle = axis => Float32Array.from(all, i => place[2 * i + axis]).sort()[all.length >> 1];
    middles.push({ g, x: middle(0), y: middle(1), size: all.length });
  }
}

function drawNames() {
  const taken = [];
  pen.font = "600 14px system-ui, 'Noto Sans', sans-serif";
  pen.textAlign = 'center'; pen.textBaseline = 'middle'; pen.lineJoin = 'round'; pen.lineWidth = 4;
  for (const m of middles.slice(0, 60)) {
    if (hidden.has(m.g)) continue;
    const text = groupName(m.g).slice(0, 40), x = width / 2 + (m.x - view.x) * view.scale, y = height / 2 - (m.y - view.y) * view.scale;
    const half = pen.measureText(text).width / 2 + 4, box = [x - half, y - 10, x + half, y + 10];
    if (taken.some(t => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) continue;
    taken.push(box);
    pen.strokeStyle = paper; pen.strokeText(text, x, y);
    pen.fillStyle = ink; pen.fillText(text, x, y);
  }
}

function drawAbove() {
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  drawThumbnails();
  drawNames();
  for (const i of [current, hover]) {
    if (i >= 0) { pen.strokeStyle = i === current ? accent : ink; pen.lineWidth = 2; pen.beginPath(); pen.arc(toX(i), toY(i), radius() + 4, 0, 7); pen.stroke(); }
  }
  if (loop) {
    pen.strokeStyle = accent; pen.lineWidth = 2; pen.setLineDash([6, 4]); pen.beginPath();
    loop.forEach(([x, y], i) => i ? pen.lineTo(x, y) : pen.moveTo(x, y));
    pen.closePath(); pen.stroke(); pen.setLineDash([]);
  }
}

// The nearest point, by a grid over the plane.
const side = Math.max(1, Math.min(512, Math.round(Math.sqrt(count / 4))));
const cellOf = v => Math.max(0, Math.min(side - 1, Math.floor((v + 1) / 2 * side)));
const starts = new Uint32Array(side * side + 1), order = new Uint32Array(count);
for (let i = 0; i < count; i++) starts[cellOf(place[2 * i + 1]) * side + cellOf(place[2 * i]) + 1]++;
for (let c = 0; c < side * side; c++) starts[c + 1] += starts[c];
{ const next = starts.slice(); for (let i = 0; i < count; i++) order[next[cellOf(place[2 * i + 1]) * side + cellOf(place[2 * i])]++] = i; }

function nearest(x, y) {
  const px = view.x + (x - width / 2) / view.scale, py = view.y - (y - height / 2) / view.scale, reach = (radius() + 5) / view.scale;
  let best = -1, least = reach * reach;
  for (let row = cellOf(py - reach); row <= cellOf(py + reach); row++) {
    for (let at = starts[row * side + cellOf(px - reach)]; at < starts[row * side + cellOf(px + reach) + 1]; at++) {
      const i = order[at], d = (place[2 * i] - px) ** 2 + (place[2 * i + 1] - py) ** 2;
      if (d < least && isShown(i)) { best = i; least = d; }
    }
  }
  return best;
}

function tip(i, x, y) {
  hover = i;
  const box = $('tip');
  box.hidden = i < 0;
  if (i >= 0) {
    box.replaceChildren();
    if (thumbnails && thumbnails[i]) { const picture = new Image(); picture.src = thumbnails[i]; picture.alt = ''; box.append(picture); }
    const name = document.createElement('bdi'), more = document.createElement('small');
    name.textContent = title(i).slice(0, 400);
    more.textContent = [groups ? groupName(groups[i]) : '', values ? String(values[i]) : ''].filter(Boolean).join(' · ');
    box.append(name, document.createElement('br'), more);
    box.style.left = Math.min(x + 14, width - box.offsetWidth - 6) + 'px';
    box.style.top = Math.min(y + 14, height - box.offsetHeight - 6) + 'px';
  }
  draw();
}

function zoom(factor, x, y) {
  const next = Math.max(20, Math.min(5e6, view.scale * factor));
  view.x += (x - width / 2) * (1 / view.scale - 1 / next);
  view.y -= (y - height / 2) * (1 / view.scale - 1 / next);
  view.scale = next;
  draw();
}

// Pointer: drag moves, Shift or the button draws a lasso, two fingers zoom.
let loop = null, lassoing = false;
const down = new Map();
const at = e => { const box = above.getBoundingClientRect(); return [e.clientX - box.left, e.clientY - box.top]; };
above.addEventListener('pointerdown', e => {
  above.setPointerCapture(e.pointerId);
  down.set(e.pointerId, at(e));
  loop = (lassoing || e.shiftKey) && down.size === 1 ? [at(e)] : null;
  tip(-1);
});
above.addEventListener('pointermove', e => {
  const here = at(e), before = down.get(e.pointerId);
  if (!before) { tip(nearest(...here), ...here); return; }
  if (loop) { loop.push(here); draw(); return; }
  if (down.size === 2) {
    const other = [...down].find(([id]) => id !== e.pointerId)[1], gap = p => Math.hypot(p[0] - other[0], p[1] - other[1]);
    zoom(gap(here) / Math.max(1, gap(before)), (here[0] + other[0]) / 2, (here[1] + other[1]) / 2);
  } else {
    view.x -= (here[0] - before[0]) / view.scale;
    view.y += (here[1] - before[1]) / view.scale;
  }
  down.set(e.pointerId, here);
  draw();
});
const up = e => { down.delete(e.pointerId); if (loop) { const closed = loop; loop = null; if (closed.length > 2) choose(inside(closed)); draw(); } };
above.addEventListener('pointerup', up);
above.addEventListener('pointercancel', up);
above.addEventListener('pointerleave', () => tip(-1));
above.addEventListener('wheel', e => { e.preventDefault(); zoom(Math.exp(-e.deltaY * (e.deltaMode ? .05 : .0016)), ...at(e)); }, { passive: false });

function inside(polygon) {
  const all = [];
  for (let i = 0; i < count; i++) {
    if (!isShown(i)) continue;
    const x = toX(i), y = toY(i);
    let odd = false;
    for (let a = 0, b = polygon.length - 1; a < polygon.length; b = a++) {
      const [ax, ay] = polygon[a], [bx, by] = polygon[b];
      if (ay > y !== by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax) odd = !odd;
    }
    if (odd) all.push(i);
  }
  return all;
}

function choose(all) {
  chosen = all && all.length ? new Set(all) : null;
  current = -1;
  list();
  shade();
}

function list() {
  const all = chosen ? [...chosen] : [], most = 1000;
  $('list').hidden = !chosen;
  $('count').textContent = all.length.toLocaleString('en') + (all.length === 1 ? ' point' : ' points') + (all.length > most ? ', the first ' + most + ':' : '');
  $('chosen').replaceChildren(...all.slice(0, most).map(i => {
    const row = document.createElement('li'), button = document.createElement('button'), name = document.createElement('bdi');
    button.type = 'button';
    if (thumbnails && thumbnails[i]) { const picture = new Image(); picture.src = thumbnails[i]; picture.alt = ''; picture.loading = 'lazy'; button.append(picture); }
    name.textContent = title(i).slice(0, 120);
    button.append(name);
    button.onclick = () => go(i);
    row.append(button);
    return row;
  }));
}

function go(i) {
  current = i;
  Object.assign(view, { x: place[2 * i], y: place[2 * i + 1], scale: Math.max(view.scale, Math.min(width, height) * 1.5) });
  tip(i, width / 2, height / 2);
}

function step(by) {
  const all = [...(chosen || found || [])].filter(i => isShown(i) && isLit(i));
  if (all.length) go(all[(all.indexOf(current) + by + all.length) % all.length]);
}

function search(text) {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  found = null;
  if (words.length) {
    found = new Set();
    for (let i = 0; i < count; i++) {
      const name = (title(i) + ' ' + (groups ? groupName(groups[i]) : '')).toLocaleLowerCase();
      if (words.every(word => name.includes(word))) found.add(i);
    }
  }
  $('found').textContent = found ? found.size.toLocaleString('en') + ' found' : '';
  current = -1;
  shade();
}

function save() {
  // A cell that begins like a formula would be run by spreadsheets.
  const cell = text => { text = String(text); return '"' + (/^[=+\-@\t\r]/.test(text) && isNaN(text) ? "'" : '') + text.replaceAll('"', '""') + '"'; };
  const rows = [...chosen].map(i => [i, cell(title(i)), groups ? cell(groupName(groups[i])) : '', values ? values[i] : ''].join(','));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['row,title,group,value\n' + rows.join('\n') + '\n'], { type: 'text/csv' }));
  link.download = 'chosen.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function legend() {
  const box = $('legend');
  if (groups) {
    const sizes = new Map(middles.map(m => [m.g, m.size]));
    const none = groups.reduce((sum, g) => sum + (g < 0), 0);
    for (const g of [...[...sizes.keys()].sort((a, b) => a - b), ...(none ? [-1] : [])]) {
      const button = document.createElement('button'), dot = document.createElement('i'), name = document.createElement('bdi'), size = document.createElement('small');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      dot.style.background = data.groupColors[g < 0 ? data.groupColors.length - 1 : g];
      name.textContent = groupName(g);
      size.textContent = (g < 0 ? none : sizes.get(g)).toLocaleString('en');
      button.append(dot, name, size);
      button.onclick = () => { const show = hidden.delete(g); if (!show) hidden.add(g); button.setAttribute('aria-pressed', String(show)); shade(); };
      box.append(button);
    }
  } else if (values) {
    const name = document.createElement('div'), bar = document.createElement('div'), ends = document.createElement('div');
    name.textContent = data.valueName || '';
    bar.className = 'scale'; ends.className = 'ends';
    bar.style.background = 'linear-gradient(to right, ' + data.shades.slice(0, -1).join(',') + ')';
    for (const end of data.valueRange) { const span = document.createElement('span'); span.textContent = Number(end.toPrecision(4)); ends.append(span); }
    box.append(name, bar, ends);
  }
}

const setLasso = on => { lassoing = on; $('lasso').setAttribute('aria-pressed', String(on)); above.classList.toggle('lasso', on); };
const setKeys = on => { $('keys').hidden = !on; $('help').setAttribute('aria-expanded', String(on)); };
const clear = () => { setLasso(false); setKeys(false); loop = null; $('search').value = ''; found = null; $('found').textContent = ''; tip(-1); choose(null); };
$('search').addEventListener('input', e => search(e.target.value));
$('search').addEventListener('keydown', e => { if (e.key === 'Enter') step(e.shiftKey ? -1 : 1); });
$('lasso').onclick = () => setLasso(!lassoing);
$('reset').onclick = () => { whole(); draw(); };
$('help').onclick = () => setKeys($('keys').hidden);
$('clear').onclick = () => choose(null);
$('export').onclick = save;
document.addEventListener('keydown', e => {
  if (e.key === 'Escape') { clear(); above.focus(); return; }
  if (e.target.tagName === 'INPUT' || e.ctrlKey || e.metaKey || e.altKey) return;
  const move = 60 / view.scale;
  const keys = {
    ArrowLeft: () => view.x -= move, ArrowRight: () => view.x += move, ArrowUp: () => view.y += move, ArrowDown: () => view.y -= move,
    '+': () => zoom(1.3, width / 2, height / 2), '=': () => zoom(1.3, width / 2, height / 2), '-': () => zoom(1 / 1.3, width / 2, height / 2),
    0: whole, '/': () => $('search').focus(), l: () => setLasso(!lassoing), L: () => setLasso(!lassoing), n: () => step(1), p: () => step(-1), '?': () => setKeys($('keys').hidden),
  };
  if (keys[e.key]) { keys[e.key](); e.preventDefault(); draw(); }
});

function resize() {
  const first = width === 1;
  ratio = window.devicePixelRatio || 1;
  [width, height] = [Math.max(1, stage.clientWidth), Math.max(1, stage.clientHeight)];
  for (const canvas of [points, above]) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); }
  if (first) whole();
  draw();
}
new ResizeObserver(resize).observe(stage);
legend();
resize();
shade();
